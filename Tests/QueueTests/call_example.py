"""Calls a method through PostgreSQL: call_example.py METHOD REQUEST-JSON, with PGHOST … in the environment."""

import json
import subprocess
import sys


def sql(statement: str, **values: str) -> str:
    """Runs one statement with psql; any PostgreSQL driver does as well."""
    settings = [part for name, value in values.items() for part in ("-v", f"{name}={value}")]
    done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", *settings], input=statement, text=True,
                          capture_output=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.strip()


method, request = sys.argv[1:]
call = sql("SELECT rpc.enqueue(:'method', :'request', '{\"deadlineMs\": 20000}')", method=method, request=request)
result = json.loads(sql("SELECT row_to_json(r) FROM rpc.await(:call) AS r", call=call))
if result["status"] != 0:
    sys.exit(f"{method} ended with status {result['status']}: {result['message']}")
print(json.dumps(result["response"]))
