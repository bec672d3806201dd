"""Why a document cannot be read, in words that say what to do. Pure: the reading process needs no framework for it."""

from __future__ import annotations


class Unreadable(Exception):
    """``code`` is one of ``SAID``; ``found`` goes into its sentence."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(f"{code} {found}".strip())
        self.code, self.found = code, found


SAID: dict[str, tuple[str, str]] = {
    "unknown_kind": (
        "看不出这是什么文件。请上传 PDF、Word（.docx）、TXT 或 Markdown。",
        "This is none of PDF, Word (.docx), TXT or Markdown: save it as one of them and upload it again.",
    ),
    "another_kind": (
        "这是 {found} 文件，这里读不了。请另存为 PDF 或 .docx 后重新上传。",
        "This is a file of another kind ({found}): save it as PDF or .docx and upload it again.",
    ),
    "wrong_name": (
        "文件名与内容不符：内容其实是 {found}。请改正扩展名，或从原来的软件重新导出后上传。",
        "The name does not fit: the content is {found}. Correct the extension or export it again.",
    ),
    "old_word": (
        "这是旧版 Word（.doc）或加了密码的文件。请用 Word 或 WPS 另存为不带密码的 .docx 后重新上传。",
        "An old Word file (.doc) or one with a password: save it as .docx without a password and upload it again.",
    ),
    "password": (
        "文件有密码或加了保护，无法读取。请去掉密码和编辑限制后重新上传。",
        "The file has a password or is protected: remove both and upload it again.",
    ),
    "bomb": (
        "文件解压后大得不正常，没有打开。请从原来的软件重新导出后上传。",
        "Unpacked, the file would be abnormally large, so it was not opened: export it again from its own program.",
    ),
    "damaged": (
        "文件已损坏，打不开。请从原来的软件重新导出后上传。",
        "The file is damaged: export it again from its own program and upload it.",
    ),
    "scanned": (
        "文件里只有图片，没有文字，像是扫描件。请上传能选中文字的版本，或先用文字识别（OCR）软件转换。",
        "Pictures without text, probably a scan: upload a version whose text can be selected, or run it through OCR first.",
    ),
    "no_text": (
        "文件里几乎没有文字。请检查选的是不是这份大纲。",
        "There is next to no text in it: look whether this is the right file.",
    ),
    "garbled": (
        "文件里的文字读出来是乱码（字体没有带字符信息）。请上传 Word 原稿，或重新导出 PDF。",
        "Its text comes out as gibberish (the fonts do not say their characters): upload the Word file or export the PDF again.",
    ),
    "encoding": (
        "认不出文字的编码。请在记事本里另存为 UTF-8 后重新上传。",
        "The text encoding is unknown: save it as UTF-8 and upload it again.",
    ),
    "too_long": (
        "文件太长（超过 500 页或 40 万字）。请只保留教学大纲部分后重新上传。",
        "Over 500 pages or 400,000 characters: keep the syllabus alone and upload it again.",
    ),
    "too_complex": (
        "文件太复杂，在规定的时间和内存内读不完。请删去大图、另存为 .docx 或 TXT 后重新上传。",
        "Too complex to be read within the limits of time and memory: drop large pictures, save it as .docx or TXT.",
    ),
    "server": (
        "服务器没能读完这个文件。请删除后重新上传；如果一直这样，请告诉管理员。",
        "The server did not finish reading it: delete it and upload it again; if it goes on, tell your administrator.",
    ),
}


def said(code: str, found: str = "") -> tuple[str, str]:
    """Chinese, English."""
    zh, en = SAID[code]
    return zh.format(found=found), en.format(found=found)
