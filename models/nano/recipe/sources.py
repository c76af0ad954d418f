# SPDX-License-Identifier: Apache-2.0
"""Collects the source text nano is trained on: real code and prose with clear, permissive licences.

    python3 sources.py          fetches into .nano/packages, writes .nano/source_{train,held}.jsonl and sources.csv

Every package is named here with its licence; nothing else is taken. Files that mention another licence in their head
are left out. The text itself stays in the ignored folder .nano; only the table sources.csv is committed. Packages are
split whole between training and held-out text, so no held-out line has a neighbour in training.
"""
import csv
import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
WORK = os.path.join(ROOT, ".nano")
PACKAGES = os.path.join(WORK, "packages")
TABLE = os.path.join(os.path.dirname(__file__), "sources.csv")

# (archive, licence, packages). "source" is a Debian source package, "binary" a Debian binary package that holds
# readable source, "npm" a package of the npm registry. A trailing ! marks held-out packages.
LIST = [
    ("source", "MIT", "libuv1 nghttp2! lua5.4 expat c-ares jq libwebsockets fmtlib spdlog rapidjson pugixml"),
    ("source", "curl", "curl"),
    ("source", "BSD", "redis nginx! memcached libssh2 libarchive leveldb re2! googletest cli11 openssh"),
    ("source", "ISC", "tmux libconfuse"),
    ("source", "Apache-2.0", "mbedtls libcommons-lang3-java libcommons-io-java! tomcat10"),
    ("source", "Zlib", "tinyxml2!"),
    ("source", "MIT", "cpp-httplib"),
    ("source", "BSD", "python-django"),
    ("source", "PSF-2.0", "python3.11"),
    ("binary", "PostgreSQL", "postgresql-15"),
    ("binary", "BSD", "python3-werkzeug python3-jinja2 python3-click python3-scrapy! python3-celery"),
    ("binary", "MIT", "python3-urllib3 python3-attr python3-bottle! python3-jsonschema python3-pytest python3-rich"),
    ("binary", "Apache-2.0", "python3-tornado python3-aiohttp! python3-boto3"),
    ("binary", "MIT", "golang-github-gin-gonic-gin-dev golang-github-sirupsen-logrus-dev golang-github-lib-pq-dev!"
                      " golang-github-labstack-echo-dev golang-github-go-chi-chi-dev"),
    ("binary", "Apache-2.0", "golang-github-spf13-cobra-dev golang-github-prometheus-client-golang-dev"),
    ("binary", "BSD", "golang-github-gorilla-mux-dev golang-golang-x-net-dev golang-github-miekg-dns-dev!"),
    ("binary", "MIT OR Apache-2.0", "librust-serde-dev librust-serde-json-dev! librust-regex-dev librust-rand-dev"
                                    " librust-clap-dev librust-reqwest-dev librust-url-dev! librust-log-dev"),
    ("binary", "MIT", "librust-tokio-dev librust-hyper-dev librust-walkdir-dev"),
    ("binary", "MIT", "php-monolog php-guzzlehttp-psr7! php-symfony-http-foundation php-symfony-console"
                      " php-symfony-http-client composer php-symfony-routing"),
    ("binary", "BSD", "php-twig phpunit"),
    ("npm", "MIT", "lodash koa axios commander yargs ws! socket.io passport jsonwebtoken fastify helmet multer"
                   " body-parser handlebars! mustache marked sequelize knex! async uuid debug ioredis zod winston"
                   " mysql2 pg mongoose typeorm got undici validator morgan jsdom yup inversify"),
    ("npm", "Apache-2.0", "rxjs ejs request"),
    ("npm", "MIT-0", "nodemailer"),
]
LANGUAGES = {
    ".c": "c", ".h": "c", ".cc": "cpp", ".cpp": "cpp", ".hpp": "cpp", ".hh": "cpp", ".py": "python", ".js": "js",
    ".mjs": "js", ".ts": "ts", ".tsx": "ts", ".go": "go", ".rs": "rust", ".java": "java", ".php": "php", ".sh": "shell",
    ".zsh": "shell", ".sql": "sql", ".yml": "yaml", ".yaml": "yaml", ".toml": "yaml", ".rst": "prose", ".md": "prose",
    ".txt": "prose",
}
# Characters of one language that a package may give, so that no package is most of its language.
PACKAGE_CHARACTERS_MAX = {"prose": 1_500_000, "c": 1_100_000, "python": 900_000, "js": 400_000, "ts": 500_000}
FOREIGN_LICENCE = re.compile(r"General Public License|\bL?GPL|Mozilla Public|CC-BY-SA|Eclipse Public|All rights? reserved"
                             r" by Oracle", re.I)
# Generated or vendored files, and files whose name says they are data.
SKIP_PATH = re.compile(r"/(node_modules|vendor|third_party|thirdparty|extern|fuzz|debian|locale|wasm|umd|esm5?|bundles?|"
                       r"_esm\d+|fesm\d+|browser|umd|unicode|cn|es|fp)/|\.min\.|\.d\.ts$|bundle|unicode_|tables?\.|"
                       r"_pb2|parsetab|CMakeLists|requirements", re.I)


def main():
    os.makedirs(PACKAGES, exist_ok=True)
    config = debian_config()
    rows, outputs = [], {split: open(f"{WORK}/source_{split}.jsonl", "w") for split in ("train", "held")}
    for archive, licence, names in LIST:
        for name in names.split():
            split, name = ("held" if name.endswith("!") else "train"), name.rstrip("!")
            path = fetch(archive, name, config)
            if path is None:
                print("not found:", name, file=sys.stderr)
                continue
            count, characters = take(path, name, outputs[split])
            rows.append([name, archive, os.path.basename(path), licence, split, count, characters])
            print(*rows[-1], flush=True)
    with open(TABLE, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["package", "archive", "file", "licence", "split", "files", "characters"])
        writer.writerows(rows)


def bookworm_mirror():
    """The mirror this machine's apt uses for Debian 12's main archive."""
    lines = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)|$(CODENAME)|$(COMPONENT)",
                            "Created-By: Packages"], check=True, capture_output=True, text=True).stdout.split()
    found = [line.split("|")[0] for line in lines if line.endswith("|bookworm|main")]
    assert found, "apt knows no archive of Debian 12 (bookworm); run `apt-get update` first"
    return found[0]


def debian_config():
    """Options for a package list of our own, so that the machine's apt state is not touched."""
    state = f"{WORK}/apt"
    os.makedirs(f"{state}/lists/partial", exist_ok=True)
    with open(f"{state}/sources.list", "w") as file:
        for kind in ("deb", "deb-src"):
            file.write(f"{kind} [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
                       f" {bookworm_mirror()} bookworm main\n")
    options = ["-o", f"Dir::State::Lists={state}/lists", "-o", f"Dir::Etc::SourceList={state}/sources.list",
               "-o", "Dir::Etc::SourceParts=/dev/null", "-o", "APT::Sandbox::User=root", "-q"]
    if not [f for f in os.listdir(f"{state}/lists") if "Sources" in f]:
        subprocess.run(["apt-get", *options, "update"], check=True, stdout=subprocess.DEVNULL)
    return options


def fetch(archive, name, config):
    """Path of the package's archive; fetched unless it is there."""
    folder = f"{PACKAGES}/{archive}-{name}"
    if not os.path.isdir(folder):
        os.makedirs(folder)
        command = {"source": ["apt-get", *config, "source", "--download-only", name],
                   "binary": ["apt-get", *config, "download", name],
                   "npm": ["npm", "pack", "--silent", name]}[archive]
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = [f for f in sorted(os.listdir(folder)) if re.search(r"\.orig\.tar\.\w+$|\.deb$|\.tgz$", f)]
    return f"{folder}/{found[0]}" if found else None


def members(path):
    """(name, bytes) of every small file in an archive."""
    if path.endswith(".deb"):
        stream = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", path], stdout=subprocess.PIPE)
        archive = tarfile.open(fileobj=stream.stdout, mode="r|")
    else:
        archive = tarfile.open(path, mode="r|*")
    for member in archive:
        if member.isfile() and 200 < member.size < 200_000:
            yield member.name, archive.extractfile(member).read()


def take(path, package, output):
    """Writes the readable files of one package; (files, characters)."""
    found = {}
    for name, raw in members(path):
        language = LANGUAGES.get(os.path.splitext(name)[1].lower())
        if language is None or SKIP_PATH.search("/" + name):
            continue
        try:
            text = raw.decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
        if unreadable(text) or FOREIGN_LICENCE.search(text[:3000]):
            continue
        found.setdefault(language, []).append((hashlib.md5(name.encode()).hexdigest(), name, text))
    files = characters = 0
    for language, entries in sorted(found.items()):
        budget = PACKAGE_CHARACTERS_MAX.get(language, 600_000)
        for _, name, text in sorted(entries):  # by hash of the name: a fair sample of a large package
            if len(text) > budget:
                continue
            budget -= len(text)
            files, characters = files + 1, characters + len(text)
            json.dump({"package": package, "language": language, "path": short_path(name), "text": text}, output)
            output.write("\n")
    return files, characters


def unreadable(text):
    """Minified, generated or data-like text: very long lines, or few letters."""
    lines = text.split("\n")
    if max(map(len, lines)) > 1000 or sum(len(line) > 160 for line in lines) > len(lines) / 20:
        return True
    return sum(map(str.isalpha, text[:20000])) < 0.45 * min(len(text), 20000)


def short_path(name):
    parts = [part for part in name.split("/") if part not in (".", "")]
    for drop in ("usr", "share", "lib", "gocode", "src", "cargo", "registry", "python3", "dist-packages", "package"):
        while len(parts) > 2 and parts[0] == drop:
            parts = parts[1:]
    return "/".join(parts[-4:])


if __name__ == "__main__":
    main()
