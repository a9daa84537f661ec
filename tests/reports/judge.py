"""Judges reports by the schemas of those who defined their formats.

    judge.py SCHEMAS OURS KIND=FILE...

SCHEMAS: the folder with sarif.json and junit-10.xsd. OURS: our own schema of the format json. KIND: sarif, junit, json, gitlab.
Exit: 0 all are valid, 1 not, with what is wrong; 3 a schema or a library is missing.
"""

import json
import sys
from pathlib import Path

try:
    import jsonschema
    from lxml import etree
except ImportError as missing:
    print(missing)
    sys.exit(3)

# What GitLab's documentation asks of a code quality report; it has no schema of its own.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


def by_schema(schema, value):
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    for fault in validator(schema).iter_errors(value):
        yield f"{fault.json_path}: {fault.message[:300]}"


def sarif(value, schema):
    yield from by_schema(schema, value)
    # What the schema cannot say (SARIF 2.1.0, 3.27.6, 3.52.3; 3.30): indexes point at what they name, ends follow starts.
    for run in value["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for number, result in enumerate(run["results"]):
            if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
                yield f"result {number}: ruleIndex points at another rule"
            for place in result.get("locations", []) + result.get("relatedLocations", []):
                physical = place["physicalLocation"]
                base = physical["artifactLocation"].get("uriBaseId")
                if base is not None and base not in run["originalUriBaseIds"]:
                    yield f"result {number}: nothing is called {base}"
                region = physical.get("region")
                if region and (region["startLine"], region["startColumn"]) > (region["endLine"], region["endColumn"]):
                    yield f"result {number}: a region ends before it begins"


def gitlab(value):
    yield from by_schema(GITLAB, value)
    prints = [one["fingerprint"] for one in value]
    if len(set(prints)) < len(prints):
        yield "two findings have one fingerprint"


def junit(path, schema):
    document = etree.parse(path)
    schema = etree.XMLSchema(etree.parse(schema))
    if not schema.validate(document):
        for fault in schema.error_log:
            yield f"line {fault.line}: {fault.message}"
    for suite in document.iter("testsuite"):
        for count, found in (("tests", "testcase"), ("failures", "testcase/failure"), ("skipped", "testcase/skipped")):
            if int(suite.get(count)) != len(suite.findall(found)):
                yield f"{suite.get('name')}: {count} is not their number"
        names = [(case.get("classname"), case.get("name")) for case in suite.iter("testcase")]
        if len(set(names)) < len(names):
            yield f"{suite.get('name')}: two tests have one name"


def faults(kind, path, schemas, ours):
    if kind == "junit":
        yield from junit(path, str(schemas / "junit-10.xsd"))
        return
    value = json.loads(Path(path).read_text(encoding="utf-8"))
    if kind == "sarif":
        yield from sarif(value, json.loads((schemas / "sarif.json").read_text(encoding="utf-8")))
    elif kind == "gitlab":
        yield from gitlab(value)
    else:
        yield from by_schema(json.loads(ours.read_text(encoding="utf-8")), value)


def main():
    schemas, ours = Path(sys.argv[1]), Path(sys.argv[2])
    if not (schemas / "sarif.json").is_file() or not (schemas / "junit-10.xsd").is_file():
        print(f"no schemas in {schemas}")
        sys.exit(3)
    wrong = False
    for argument in sys.argv[3:]:
        kind, path = argument.split("=", 1)
        for fault in faults(kind, path, schemas, ours):
            wrong = True
            print(f"{path}: {fault}")
    sys.exit(1 if wrong else 0)


main()
