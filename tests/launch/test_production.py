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
    # What strangers talk to reaches neither database nor broker.
    nets = {name: set(service["networks"]) for name, service in services.items()}
    assert nets["proxy"] == {"front"}
    assert [name for name in nets if "front" in nets[name]] == ["web", "proxy"]
    assert all("max-size" in service["logging"]["options"] for service in services.values())
    assert {"web", "worker", "beat"} <= {n for n, each in services.items() if "healthcheck" in each}
    # Everybody may read the certificates.
    trust = "./seal/trust:/srv/seal-trust:ro"
    assert all(any(v.startswith(trust) for v in services[name]["volumes"]) for name in ours)
    assert services["web"]["environment"]["TRUST_DIR"] == "/srv/seal-trust"
    # Only the worker holds the key of the seal.
    assert [
        name for name in sorted(ours) if "./seal:/srv/seal:ro" in services[name]["volumes"]
    ] == ["worker"]


def names_in_settings() -> set[str]:
    call = r"(?:optional|required|told_in_public)\(\s*\"([A-Z_]+)\""
    return set(re.findall(call, read("config/settings.py")))


def test_operations_tell_every_variable_that_the_settings_read():
    names = names_in_settings()
    assert {"SECRET_KEY", "TSA_URL", "IMPRINT_BODY"} <= names
    manual = read("docs/operations.md")
    assert sorted(name for name in names if f"`{name}`" not in manual) == []


def test_every_variable_of_the_manual_reaches_the_containers():
    """`.env` only fills the placeholders of the composition: what is not named there is lost."""
    environment = yaml.safe_load(read("docker-compose.yml"))["x-portal"]["environment"]
    # The image itself says where its files, its static files and the seal lie.
    image = set(re.findall(r"([A-Z_]+_DIR)=/srv", read("Dockerfile")))
    assert names_in_settings() - set(environment) == image == {
        "FILES_DIR", "SEAL_DIR", "STATIC_DIR"
    }  # fmt: skip


def test_what_a_city_keeps_beside_the_code_is_neither_committed_nor_built_in():
    for name in (".gitignore", ".dockerignore"):
        lines = {line.strip("/") for line in read(name).splitlines()}
        assert {".env", "secrets", "seal", "portal.dump", "files.tar", ".portal"} <= lines


def test_slow_lines_do_not_stop_the_portal():
    command = re.search(r"(?s)CMD \[(.+)\]", read("Dockerfile"))[1]
    assert '"--worker-class", "gthread", "--threads", "8"' in command
    (tmpfs,) = yaml.safe_load(read("docker-compose.yml"))["x-portal"]["tmpfs"]
    assert tmpfs.startswith("/tmp:size=")
