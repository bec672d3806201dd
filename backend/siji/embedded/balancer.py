"""nginx before several processes: its file is made of ops/nginx/siji.conf.template, as the shipped siji.conf is.

A process is replaced under load by writing the file anew and telling nginx to read it again: its old workers finish what they
have begun, with the processes they know, and only then is the old process stopped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from siji.embedded.environment import BACKEND
from siji.embedded.home import Home
from siji.embedded.words import CannotStart

TEMPLATE = BACKEND.parent / "ops" / "nginx" / "siji.conf.template"
SBIN = "/usr/sbin:/usr/local/sbin"
KINDS = ("api", "stream", "web")
HEALTH = "max_fails=2 fail_timeout=2s"
"""After two failures in two seconds a server is left alone for two: asking one that is gone may cost a connect timeout."""
HEALTH_HERE = "max_fails=0"
"""On the same machine who is gone refuses at once, and being left alone after coming back is what would fail requests."""
IDLE = {"api": 32, "stream": 8, "web": 32}
"""Open connections that each worker of nginx keeps for the next request."""

FORWARDED_AS_SEEN = {"FOR": "$remote_addr", "HOST": "$http_host", "PROTO": "$scheme"}
FORWARDED_IF_TRUSTED = {"FOR": "$siji_for", "HOST": "$siji_host", "PROTO": "$siji_proto"}
TRUSTING = """
# What a trusted proxy in front of us says is handed on; of everybody else it is replaced by what is so.
geo $siji_trusted {{ default 0; {networks} }}
map $siji_trusted $siji_for {{ 1 $proxy_add_x_forwarded_for; default $remote_addr; }}
map "$siji_trusted:$http_x_forwarded_host" $siji_host {{ "~^1:(?<outer_host>.+)$" $outer_host; default $http_host; }}
map "$siji_trusted:$http_x_forwarded_proto" $siji_proto {{ "1:https" https; default $scheme; }}
"""
STATIC = """
    # Their names change with their content. What another build made is asked of web.
    location /_next/static/ {{
        alias "{folder}/.next/static/";
        add_header Cache-Control "public, max-age=31536000, immutable";
        gzip on;
        gzip_types text/css application/javascript application/json image/svg+xml;
        error_page 404 = @web;
        access_log off;
    }}
    location @web {{
        proxy_pass http://siji_web;
    }}
"""
MAIN = """
{user}pid "{place}/pid";
error_log stderr warn;
worker_processes 2;
worker_rlimit_nofile 8192;
worker_shutdown_timeout 30s;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    server_tokens off;
    types {{
        text/css css; application/javascript js mjs; application/json json map; image/svg+xml svg; image/png png; image/webp webp;
        image/avif avif; image/jpeg jpg jpeg; image/x-icon ico; font/woff2 woff2; application/wasm wasm; audio/mpeg mp3;
    }}
    default_type application/octet-stream;
    {temporary}
    include "{place}/siji.conf";
}}
"""

Addresses = Mapping[str, Sequence[str]]
"""api, stream, web → host:port of each."""


@dataclass(frozen=True)
class Balancer:
    home: Home
    host: str
    port: int
    inner_port: int
    """On loopback, whatever the host: what a web process of ours asks."""
    trusted: tuple[str, ...]

    @property
    def place(self) -> Path:
        return self.home.run / "nginx"

    @property
    def command(self) -> list[str]:
        return [nginx(), "-c", str(self.place / "nginx.conf"), "-e", "stderr", "-g", "daemon off;"]

    def write(self, addresses: Addresses, static: Path | None) -> None:
        """What it reads at its start and when it is told to read again (SIGHUP)."""
        self.place.mkdir(mode=0o700, exist_ok=True)
        host = f"[{self.host}]" if ":" in self.host else self.host
        listen = f"server {{\n    listen {host}:{self.port};\n    listen 127.0.0.1:{self.inner_port};\n"
        text = render(
            addresses,
            preamble=TRUSTING.format(networks=" ".join(f"{network} 1;" for network in self.trusted)),
            servers=listen,
            forwarded=FORWARDED_IF_TRUSTED,
            static=STATIC.format(folder=static) if static else "",
            health=HEALTH_HERE,
        )
        _replace(self.place / "siji.conf", text)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = " ".join(f'{kind}_temp_path "{self.place}/{kind}";' for kind in kinds)
        user = "user root;\n" if os.geteuid() == 0 else ""  # as the API and web: only root may enter its home
        _replace(self.place / "nginx.conf", MAIN.format(user=user, place=self.place, temporary=temporary))


def nginx() -> str:
    """Raises CannotStart where it is not installed."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:{SBIN}")
    if found is None:
        raise CannotStart(
            "同时运行多个 api、stream 或 web 进程需要 nginx，本机没有找到。"
            "请安装（Debian、Ubuntu：apt install nginx-light；其他系统见 nginx.org），或每种只启动一个。",
            "Several api, stream or web processes need nginx, which was not found: install it (Debian, Ubuntu: apt install "
            "nginx-light; others: nginx.org), or start one of each.",
        )
    return found


def render(
    addresses: Addresses, *, preamble: str, servers: str, forwarded: Mapping[str, str], static: str = "", health: str = HEALTH
) -> str:
    parts = {
        "PREAMBLE": preamble.strip(),
        "UPSTREAMS": "\n".join(_upstream(kind, addresses[kind], health) for kind in KINDS),
        "SERVERS": servers.rstrip() + "\n",
        "STATIC": static.rstrip(),
        **forwarded,
    }
    text = TEMPLATE.read_text()
    for name, value in parts.items():
        text = text.replace(f"@{name}@", value)
    return text


def _upstream(kind: str, addresses: Sequence[str], health: str) -> str:
    lines = [f"    server {address} {health};" for address in addresses]
    return "\n".join([f"upstream siji_{kind} {{", "    least_conn;", *lines, f"    keepalive {IDLE[kind]};", "}"])


def _replace(path: Path, text: str) -> None:
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)


SHIPPED = TEMPLATE.with_suffix("")
SHIPPED_PREAMBLE = """
# Siji behind HTTPS. Copy to /etc/nginx/conf.d/siji.conf, change the host, the certificate and the three upstreams, then:
#   nginx -t && systemctl reload nginx
# Siji itself: SIJI_ENV=production, ALLOWED_HOSTS=siji.example.edu.cn, and TRUSTED_PROXIES with the address this calls from.
# Made of siji.conf.template, as is the file of `siji up --api 2`.

# One machine (`siji up`): all three are the front door, 127.0.0.1:8000, and TRUSTED_PROXIES=127.0.0.1.
# Several machines: every api, every stream and every web process, each in its place.
"""
SHIPPED_SERVERS = """
server {
    listen 80;
    listen [::]:80;
    server_name siji.example.edu.cn;
    location /.well-known/acme-challenge/ {
        root /var/www/acme;
    }
    location / {
        return 301 https://$host$request_uri;
    }
}

server {
    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    server_name siji.example.edu.cn;

    ssl_certificate /etc/ssl/siji/fullchain.pem;
    ssl_certificate_key /etc/ssl/siji/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:siji:10m;
    ssl_session_tickets off;
"""


def shipped(addresses: Addresses | None = None) -> str:
    """ops/nginx/siji.conf."""
    one_machine = {kind: ["127.0.0.1:8000"] for kind in KINDS}
    return render(addresses or one_machine, preamble=SHIPPED_PREAMBLE, servers=SHIPPED_SERVERS, forwarded=FORWARDED_AS_SEEN)
