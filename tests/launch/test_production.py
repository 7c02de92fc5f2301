"""The production files name what is really there, and operations.md tells every setting."""

import re

import yaml

from launch.home import ROOT


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_everything_the_image_copies_exists():
    sources = [
        source
        for line in re.findall(r"(?m)^COPY (.+) \S+$", read("Dockerfile"))
        for source in line.split()
    ]
    assert "config" in sources
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_composition_is_complete():
    services = yaml.safe_load(read("docker-compose.yml"))["services"]
    assert set(services) == {
        "migrate", "web", "worker", "beat", "postgres", "redis", "proxy"
    }  # fmt: skip
    ours = {name for name, service in services.items() if "build" in service}
    assert ours == {"migrate", "web", "worker", "beat"}
    assert all(services[name]["environment"]["PORTAL_MODE"] == "production" for name in ours)
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    # Only the worker holds the key of the seal.
    assert [
        name for name in sorted(ours) if "./seal:/srv/seal:ro" in services[name]["volumes"]
    ] == ["worker"]


def test_operations_tell_every_variable_that_the_settings_read():
    settings = read("config/settings.py")
    names = set(re.findall(r"(?:environ\.get|required)\(\s*\"([A-Z_]+)\"", settings))
    assert "SECRET_KEY" in names
    manual = read("docs/operations.md")
    assert sorted(name for name in names if f"`{name}`" not in manual) == []


def test_slow_lines_do_not_stop_the_portal():
    command = re.search(r"(?s)CMD \[(.+)\]", read("Dockerfile"))[1]
    assert '"--worker-class", "gthread", "--threads", "8"' in command
    (tmpfs,) = yaml.safe_load(read("docker-compose.yml"))["x-portal"]["tmpfs"]
    assert tmpfs.startswith("/tmp:size=")
