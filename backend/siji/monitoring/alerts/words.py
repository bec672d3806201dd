"""What people are told: what users notice, the likely cause with the figures, and the page that says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from siji.monitoring.alerts.deciding import Event, Standing, Told
from siji.monitoring.alerts.levels import AlertLevel
from siji.problems import Words

Language = Literal["zh", "en"]
RUNBOOKS = "docs/runbooks"


@dataclass(frozen=True, slots=True)
class Saying:
    title: Words
    noticed: Words
    """By users."""
    cause: Words


def _say(title: tuple[str, str], noticed: tuple[str, str], cause: tuple[str, str]) -> Saying:
    return Saying(*(Words(zh=zh, en=en) for zh, en in (title, noticed, cause)))


SLOW = ("页面打开和提交都变慢。", "Pages open slowly and so does what is sent.")
NOTHING_YET = ("用户暂时没有感觉。", "Users notice nothing yet.")
SAYINGS = {
    "response_time": _say(
        ("响应变慢", "Responses are slow"),
        SLOW,
        (
            "最费时的接口如下，多半是数据库变慢或请求过多。",
            "The operations below take most time: a slow database or too many requests.",
        ),
    ),
    "cpu": _say(
        ("CPU 占用过高", "The CPU is busy"),
        SLOW,
        ("请求过多，或有程序占满了处理器。", "Too many requests, or a program that takes it all."),
    ),
    "memory": _say(
        ("内存占用过高", "Memory runs short"),
        ("内存用尽时服务会被系统中止。", "When it is used up the system ends our processes."),
        ("进程太多，或某个进程的内存一直在涨。", "Too many processes, or one that keeps growing."),
    ),
    "hit_rate": _say(
        ("缓存命中率过低", "The cache answers too little"),
        ("页面略慢，数据库更忙。", "Pages are a little slower and the database is busier."),
        (
            "缓存被清空、内存太小，或某类数据反复失效。未命中最多的如下。",
            "It was emptied, is too small, or something expires again and again: see the misses.",
        ),
    ),
    "query_time": _say(
        ("数据库查询变慢", "Database queries are slow"),
        SLOW,
        ("有查询在等锁、缺索引或磁盘太慢。", "Queries wait for a lock, lack an index, or the disk is slow."),
    ),
    "errors": _say(
        ("请求出错", "Requests fail"),
        ("部分用户看到“出错了”。", "Some users see “something went wrong”."),
        ("出错最多的接口如下，原因在日志里。", "The operations below fail most; the log says why."),
    ),
    "answer_saves": _say(
        ("答案保存失败", "Answers are not saved"),
        (
            "考生看到“尚未保存”，答案暂存在浏览器里，恢复后会自动补交。",
            "Students see “not saved yet”; the browser keeps the answers and sends them later.",
        ),
        ("数据库不可用或连接用完。", "The database is away, or its connections are used up."),
    ),
    "answer_times": _say(
        ("答案保存变慢", "Answers are saved slowly"),
        (
            "考生看到“正在保存”的时间变长；答案在浏览器里，不会丢失。",
            "Students see “saving…” for longer; the browser has the answers, none is lost.",
        ),
        (
            "数据库在等锁、磁盘写入太慢，或在等备用库确认。",
            "The database waits for a lock, for a slow disk, or for the standby's word.",
        ),
    ),
    "promise_burn": _say(
        ("服务承诺的余量正在快速消耗", "A promise's budget burns quickly"),
        ("部分用户遇到变慢或出错。", "Some users meet slowness or errors."),
        ("最近 5 分钟和 1 小时都超出允许的速度。", "In the last 5 minutes and in the last hour more goes wrong than may."),
    ),
    "promise_slow_burn": _say(
        ("服务承诺的余量在持续消耗", "A promise's budget burns steadily"),
        ("偶尔变慢或出错。", "Now and then something is slow or fails."),
        ("最近 30 分钟和 6 小时都超出允许的速度。", "In the last 30 minutes and in 6 hours more goes wrong than may."),
    ),
    "cache_down": _say(
        ("缓存 Redis 没有响应", "The cache's Redis does not answer"),
        ("页面略慢，功能不受影响。", "Pages are a little slower; everything works."),
        ("Redis 进程退出、卡住或网络不通。", "Its process ended or hangs, or the network is cut."),
    ),
    "broker_down": _say(
        ("任务队列 Redis 没有响应", "The queue's Redis does not answer"),
        ("批改、导入等后台任务暂停，考试和保存答案不受影响。", "Marking and imports wait; exams and saving answers go on."),
        (
            "Redis 进程退出、卡住或内存已满。告警改由数据库直接发送。",
            "Its process ended, hangs or is full. Alerts go out without it.",
        ),
    ),
    "replica_down": _say(
        ("只读副本没有响应", "A replica does not answer"),
        NOTHING_YET,
        ("副本退出、卡住或网络不通，读取已转到主库。", "It ended or hangs, or the network is cut; the primary reads instead."),
    ),
    "replica_lag": _say(
        ("只读副本落后", "A replica is behind"),
        NOTHING_YET,
        ("副本的重放停了，或主库写入过多。", "Its replay stands still, or the primary writes too much."),
    ),
    "queue_age": _say(
        ("后台任务积压", "Jobs wait too long"),
        ("批改、导入和通知迟迟没有结果。", "Marking, imports and notices do not come."),
        ("后台进程停了，或任务太多。", "The workers stand still, or there is too much to do."),
    ),
    "jobs_failed": _say(
        ("后台任务失败", "Jobs fail for good"),
        ("有人的批改、导入或通知没有完成。", "Somebody's marking, import or notice was not done."),
        ("失败原因记在任务里。", "The jobs say why."),
    ),
    "disk": _say(
        ("磁盘快满了", "A disk is nearly full"),
        (
            "现在还没有感觉；满了以后无法上传，数据库所在的磁盘满了则无法保存答案。",
            "Nothing yet; once it is full uploads are refused, and where it is the database's, answers too.",
        ),
        (
            "上传、录音、备份或日志占满了空间，或同一磁盘上的别的程序。",
            "Uploads, recordings, backups or logs, or another program on the same disk.",
        ),
    ),
    "model_failing": _say(
        ("AI 模型调用失败", "The model does not answer"),
        (
            "作文和翻译先由内置引擎给分，备课流程会停下等待。",
            "Writing and translation keep the built-in engine's marks; teaching runs wait.",
        ),
        (
            "模型服务不可用、密钥失效、余额不足或网络不通。",
            "The provider is away, the key or the balance is used up, or the network is cut.",
        ),
    ),
    "drift": _say(
        ("统计数字不一致", "Stored numbers have drifted"),
        ("课程人数等数字可能不对。", "Numbers such as a course's students may be wrong."),
        ("手工改过数据库，或恢复备份时跳过了触发器。", "Somebody changed the database by hand, or restored it without triggers."),
    ),
    "no_figures": _say(
        ("有进程没有了消息", "A process has fallen silent"),
        ("部分请求可能没有响应。", "Some requests may get no answer."),
        ("进程退出后没有补上，或卡住了。", "It ended and was not replaced, or it hangs."),
    ),
    "database_down": _say(
        ("数据库没有响应", "The database does not answer"),
        (
            "所有人都打不开页面；正在考试的人答案暂存在浏览器里。",
            "Nobody can open a page; answers of a running exam stay in the browsers.",
        ),
        ("PostgreSQL 退出、卡住、磁盘已满或网络不通。", "PostgreSQL ended or hangs, its disk is full, or the network is cut."),
    ),
}
HEADS_ZH = ("用户感受：", "可能原因：", "处理步骤：")
HEADS_EN = ("Users notice: ", "Likely cause: ", "What to do: ")
UNITS = {"ms": " ms", "percent": "%", "seconds": " s", "count": "", "times": " ×"}
LEVELS = {
    AlertLevel.INFO: Words(zh="提示", en="Info"),
    AlertLevel.WARNING: Words(zh="警告", en="Warning"),
    AlertLevel.ERROR: Words(zh="错误", en="Error"),
    AlertLevel.CRITICAL: Words(zh="严重", en="Critical"),
}
EVENTS: dict[Event, Words] = {
    "opened": Words(zh="", en=""),
    "worse": Words(zh="加重：", en="Worse: "),
    "escalated": Words(zh="无人处理：", en="Nobody has acknowledged: "),
    "recovered": Words(zh="已恢复：", en="Recovered: "),
}


def title_of(events: Iterable[Told], language: Language) -> str:
    """Of the worst of them, and how many more there are."""
    found = sorted(events, key=lambda one: -one.standing.level.rank)
    head = _headline(found[0], language)
    if len(found) == 1:
        return head
    return f"{head}（另有 {len(found) - 1} 条）" if language == "zh" else f"{head} (and {len(found) - 1} more)"


def body_of(events: Iterable[Told], units: dict[str, str], language: Language) -> str:
    return "\n\n".join(_paragraph(one, units.get(one.standing.rule, "count"), language) for one in events)


def trial_title_of(rule: str, level: AlertLevel, language: Language) -> str:
    title, how_bad = getattr(SAYINGS[rule].title, language), getattr(LEVELS[level], language)
    return f"[Siji 测试] {how_bad}：{title}" if language == "zh" else f"[Siji test] {how_bad}: {title}"


def trial_body_of(rule: str, level: AlertLevel, limit: float, unit: str, language: Language) -> str:
    """Says first that nothing has happened, and then what a real one would say. No figure is made up."""
    saying = SAYINGS[rule]
    noticed, cause = (getattr(words, language) for words in (saying.noticed, saying.cause))
    first, last, at, heads = (
        ("这是一条测试消息：什么也没有发生，不需要处理。", "真的告警会这样写：", "界限", HEADS_ZH)
        if language == "zh"
        else ("This is a test: nothing has happened and nothing needs to be done.", "A real one would say:", "Limit", HEADS_EN)
    )
    lines = [
        first,
        last,
        f"{getattr(saying.title, language)} · {getattr(LEVELS[level], language)}",
        f"{at} {limit:g}{UNITS[unit]}",
    ]
    return "\n".join([*lines, f"{heads[0]}{noticed}", f"{heads[1]}{cause}", f"{heads[2]}{runbook_of(rule)}"])


def _headline(event: Told, language: Language) -> str:
    level = getattr(LEVELS[event.standing.level], language)
    subject = f" {event.standing.subject}" if event.standing.subject else ""
    title = getattr(SAYINGS[event.standing.rule].title, language)
    return f"[Siji {level}] {getattr(EVENTS[event.event], language)}{title}{subject}"


def _paragraph(event: Told, unit: str, language: Language) -> str:
    one, saying = event.standing, SAYINGS[event.standing.rule]
    value = _figure(one, unit, language)
    if event.event == "recovered":
        return f"{_headline(event, language)}\n{value}"
    noticed, cause = (getattr(words, language) for words in (saying.noticed, saying.cause))
    heads = HEADS_ZH if language == "zh" else HEADS_EN
    lines = [_headline(event, language), value, f"{heads[0]}{noticed}", f"{heads[1]}{cause}"]
    return "\n".join([*lines, *([one.figures] if one.figures else []), f"{heads[2]}{runbook_of(one.rule)}"])


def _figure(one: Standing, unit: str, language: Language) -> str:
    suffix = UNITS[unit]
    if language == "zh":
        return f"当前 {one.value:.4g}{suffix}，界限 {one.limit:g}{suffix}"
    return f"Now {one.value:.4g}{suffix}, limit {one.limit:g}{suffix}"


def runbook_of(rule: str) -> str:
    return f"{RUNBOOKS}/{rule.replace('_', '-')}.md"
