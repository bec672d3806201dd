"""What the dashboards show: the promises as the board has them, and where to look when one is not kept. Pure."""

from __future__ import annotations

from siji.monitoring.alerts.rules import QUICK, SLOW
from siji.monitoring.goals import GOALS
from siji.monitoring.outside.expressions import (
    KINDS,
    OPERATIONS,
    failed_share,
    histogram,
    hit_share,
    mean_ms,
    quantile,
)
from siji.monitoring.outside.grafana import Json, Panel, dashboard
from siji.monitoring.outside.rules import burn_over, value_of

RATE = "$__rate_interval"
TRENDS = "5m"
MUST = {goal.name: goal for goal in GOALS}
QUANTILES = {"A2": 0.75, "A9": 0.75, "A12": 0.95}
TITLES = {
    "A1": "响应平均 · Mean response",
    "A2": "页面打开 LCP p75 · Page load",
    "A3": "查询平均 · Mean query",
    "A4": "缓存命中率 · Cache hits",
    "A6": "可用性 · Availability",
    "A7": "错误率 · Errors",
    "A8-memory": "内存 · Memory",
    "A8-cpu": "处理器 · CPU",
    "A9": "页面响应 INP p75 · Interaction",
    "A11": "上传成功 · Uploads",
    "A12": "搜索 p95 · Search",
}
BENCHES = {"A5": "同时在线人数 · Users at once", "A10": "AI 批改 · AI marking", "A13": "与简易版相比 · Against the naive build"}


def dashboards() -> dict[str, Json]:
    """File name → dashboard."""
    return {
        "overview": dashboard("siji-overview", "Siji 运行承诺 · promises", _promises(), since="now-24h"),
        "requests": dashboard("siji-requests", "Siji 接口与数据库 · routes and database", _requests()),
        "cache": dashboard("siji-cache", "Siji 缓存与副本 · cache and replicas", _cache()),
        "work": dashboard("siji-work", "Siji 任务与 AI · jobs and AI", _work()),
        "browsers": dashboard("siji-browsers", "Siji 浏览器与机器 · browsers and machines", _browsers()),
    }


def promise(name: str, window: str) -> str:
    """In the unit of the board: milliseconds, or a share."""
    operations = OPERATIONS.get(name, ())
    if name in QUANTILES:
        return f"1000 * {quantile(QUANTILES[name], KINDS[name], window, operations)}"
    if name in KINDS:
        return mean_ms(KINDS[name], window)
    shares = {
        "A4": hit_share(window),
        "A7": failed_share(window),
        "A8-memory": "avg(siji_memory_percent) / 100",
        "A8-cpu": "avg(siji_cpu_percent) / 100",
    }
    return shares.get(name) or f"1 - {failed_share(window, operations)}"


def _promises() -> list[Panel]:
    live = [
        Panel(
            f"{name} {TITLES[name]}",
            ((promise(name, TRENDS), ""),),
            unit="ms" if goal.unit == "ms" else "percentunit",
            kind="stat",
            width=4,
            height=5,
            must=goal.must,
            is_low_good=goal.is_low_good,
        )
        for name, goal in MUST.items()
    ]
    benches = [
        Panel(f"{name} {title}", ((f'siji_bench{{promise="{name}"}}', "{{figure}}"),), kind="stat", width=8, height=5)
        for name, title in BENCHES.items()
    ]
    burning = tuple(
        (burn_over(window), f"{{{{promise}}}} {burn_over(window).rpartition(':')[2]}") for window in (QUICK[0], SLOW[0])
    )
    return [
        *live,
        *benches,
        Panel("余量消耗速度 · Budgets burnt, × allowed", burning, must=14.4, width=16),
        Panel("Siji 未恢复的告警 · Alerts that Siji has open", (("siji_alerts_open", ""),), kind="table", width=8),
        Panel("在用人数 · Active users", (("max(siji_active_users)", "active"),)),
        Panel("请求/秒 · Requests a second", ((f"sum({histogram('request', 'count', RATE)})", "all"),), unit="reqps"),
    ]


def _requests() -> list[Panel]:
    def by(kind: str, part: str) -> str:
        return f"sum by (operation) ({histogram(kind, part, RATE)})"

    def costly(kind: str) -> str:
        return f"topk(10, {by(kind, 'sum')})"

    line = "{{operation}}"
    per_request = f"sum({histogram('query', 'count', RATE)}) / sum({histogram('request', 'count', RATE)})"
    return [
        Panel("占用时间最多的接口（秒/秒） · Operations by time", ((costly("request"), line),), unit="none"),
        Panel(
            "p95 最慢的接口 · Slowest operations",
            ((f"topk(10, {quantile(0.95, 'request', RATE, by='operation')})", line),),
            unit="s",
        ),
        Panel("出错的接口 · Failing operations", ((f"topk(10, sum by (operation) (rate(siji_errors_total[{RATE}])))", line),)),
        Panel("响应平均 · Mean response", ((value_of("response_time"), "mean"),), unit="ms", must=MUST["A1"].must),
        Panel("占用数据库最多的接口 · Operations by query time", ((costly("query"), line),), unit="none"),
        Panel("查询 p95 · Queries", ((f"topk(10, {quantile(0.95, 'query', RATE, by='operation')})", line),), unit="s"),
        Panel("查询平均 · Mean query", ((value_of("query_time"), "mean"),), unit="ms", must=MUST["A3"].must),
        Panel("每次请求的查询数 · Queries a request", ((per_request, "queries"),)),
    ]


def _cache() -> list[Panel]:
    outcomes = f"sum by (outcome) (rate(siji_cache_reads_total[{RATE}]))"
    misses = f'topk(10, sum by (namespace) (rate(siji_cache_reads_total{{outcome="miss"}}[{RATE}])))'
    return [
        Panel(
            "各类缓存的命中率 · Hit rate by namespace",
            ((hit_share(RATE, by="namespace"), "{{namespace}}"),),
            unit="percentunit",
            must=MUST["A4"].must,
            is_low_good=False,
        ),
        Panel("读取结果 · Reads by outcome", ((outcomes, "{{outcome}}"),), unit="ops"),
        Panel("未命中最多 · Most misses", ((misses, "{{namespace}}"),), unit="ops"),
        Panel("Redis 没有响应 · Redis down", (("siji_redis_down", "{{name}}"),)),
        Panel("副本落后 · Replicas behind", (("siji_replica_lag_seconds", "{{name}}"),), unit="s"),
        Panel("副本没有响应 · Replicas down", (("siji_replica_down", "{{name}}"),)),
    ]


def _work() -> list[Panel]:
    return [
        Panel("最老的任务等了多久 · Oldest due job", (("max(siji_queue_age_seconds)", "age"),), unit="s"),
        Panel("等待的任务 · Jobs due, by kind", (("siji_jobs_due", "{{kind}}"),)),
        Panel("失败的任务（5 分钟） · Failed jobs", (("max(siji_jobs_failed_recently)", "failed"),)),
        Panel("AI 调用（5 分钟） · Calls to models", (("siji_ai_calls_recently", "{{purpose}} {{state}}"),)),
        Panel("AI 用时 · Time of a call", (('siji_ai_call_seconds{state="succeeded"}', "{{purpose}}"),), unit="s"),
        Panel("AI 用时 p95 · Time of a call", ((quantile(0.95, "model_time", RATE, by="purpose"), "{{purpose}}"),), unit="s"),
        Panel("AI 每小时费用（元） · Yuan an hour", (("sum by (purpose) (increase(siji_ai_yuan_sum[1h]))", "{{purpose}}"),)),
        Panel("AI 今日费用（元） · Yuan today", (("siji_ai_yuan_today", "{{what}}"),)),
    ]


def _browsers() -> list[Panel]:
    def p75(kind: str) -> tuple[tuple[str, str], ...]:
        return ((quantile(0.75, kind, "$__range" if kind == "cls" else "30m", by="page"), "{{page}}"),)

    return [
        Panel("LCP p75", p75("lcp"), unit="s", must=MUST["A2"].must / 1000),
        Panel("INP p75", p75("inp"), unit="s", must=MUST["A9"].must / 1000),
        Panel("CLS p75", p75("cls"), unit="none", must=0.1),
        Panel(
            "被页面安全策略拦下的内容 · Refused by the pages' policy",
            ((f"sum by (directive, source) (rate(siji_csp_reports_total[{RATE}]))", "{{directive}} {{source}}"),),
        ),
        Panel("处理器 · CPU", (("siji_cpu_percent", "{{name}}"),), unit="percent", must=100 * MUST["A8-cpu"].must),
        Panel("内存 · Memory", (("siji_memory_percent", "{{name}}"),), unit="percent", must=100 * MUST["A8-memory"].must),
        Panel("磁盘 · Disks", (("siji_disk_percent", "{{name}}"),), unit="percent", must=85),
        Panel("进程占用处理器 · CPU by process", (("siji_process_cpu_percent", "{{name}}"),), unit="percent"),
        Panel("进程占用内存 · Memory by process", (("siji_process_memory_megabytes", "{{name}}"),), unit="decmbytes"),
        Panel("没有消息的进程 · Silent processes", (("siji_processes_silent", "silent"),)),
    ]
