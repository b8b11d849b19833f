"""Holds a report against its schema. usage: schema.py REPORT SCHEMA; exit code 77 without python3-jsonschema."""
import json
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: needs Debian's python3-jsonschema (tools/setup.sh --test installs it)")
    sys.exit(77)

report, schema = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.validate(report, schema, cls=jsonschema.Draft202012Validator)
suite = report["suites"][0]
assert suite["analyses"][0]["across"]["critical_difference"] and suite["carry_overs"] and suite["attributions"] and suite["claims"], "not all parts were tried"
report["suites"][0]["unknown"] = 1
try:
    jsonschema.validate(report, schema, cls=jsonschema.Draft202012Validator)
except jsonschema.ValidationError:
    sys.exit(0)
sys.exit("the schema lets an unknown key pass")
