#!/usr/bin/python3
"""A client in another language: it knows the .proto files and a database, and none of Puente's programs.

python_client.py PROTO_DIRECTORY METHOD < request.json

METHOD is a full name such as puente.coordination.v1.Budget/Post. The request is read from standard input as JSON, becomes a
message of Python's protobuf package, travels as canonical JSON through the functions of schema rpc, and each reply is parsed
back into a message and printed, one a line. The database is the one of libpq's environment variables (PGHOST, …).

Exit status: 0 answered; 1 refused or failed, with `CODE: message` and the error's details as JSON on standard error.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

CODES = (
    "OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED "
    "RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS "
    "UNAUTHENTICATED").split()


class Contracts:
    """The messages and methods that a directory of .proto files declares."""

    def __init__(self, directory):
        protos = sorted(str(path.relative_to(directory)) for path in directory.rglob("*.proto"))
        with tempfile.TemporaryDirectory() as scratch:
            target = pathlib.Path(scratch) / "set"
            subprocess.run(
                ["protoc", f"--proto_path={directory}", "--include_imports", f"--descriptor_set_out={target}", *protos],
                check=True)
            files = descriptor_pb2.FileDescriptorSet.FromString(target.read_bytes()).file
        self.pool = descriptor_pool.DescriptorPool()
        for file in files:
            self.pool.Add(file)

    def method(self, name):
        """(request class, response class, whether responses are a stream) of a method."""
        service, _, method = name.partition("/")
        descriptor = self.pool.FindServiceByName(service).methods_by_name[method]
        declaration = descriptor_pb2.MethodDescriptorProto()
        descriptor.CopyToProto(declaration)
        return self.message(descriptor.input_type), self.message(descriptor.output_type), declaration.server_streaming

    def message(self, descriptor):
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(self.pool).GetPrototype(descriptor)


class Refused(Exception):
    """A call that did not succeed."""

    def __init__(self, code, message, details=None):
        super().__init__(f"{CODES[code]}: {message}")
        self.details = details or []


def query(sql, **values):
    """The rows of one statement, each as JSON; values are bound by psql's own quoting."""
    environment = os.environ | {f"VALUE_{name}": str(value) for name, value in values.items()}
    script = "".join(f"\\getenv {name} VALUE_{name}\n" for name in values)
    answer = subprocess.run(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-f", "-"],
        input=f"{script}SELECT row_to_json(r) FROM ({sql}) AS r;\n", env=environment, capture_output=True, text=True,
        check=False)
    if answer.returncode:
        # The queue refuses with SQLSTATE PQ0nn, where nn is gRPC's code.
        state, _, message = answer.stderr.partition("ERROR:  ")[2].partition(": ")
        if state.startswith("PQ0"):
            raise Refused(int(state[3:]), message.splitlines()[0])
        raise RuntimeError(answer.stderr)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def call(contracts, method, request_json):
    """Calls a method and returns its replies as messages."""
    request_class, response_class, is_stream = contracts.method(method)
    request = json_format.MessageToJson(json_format.Parse(request_json, request_class()))
    call_id = query("SELECT rpc.enqueue(:'method', :'request') AS id", method=method, request=request)[0]["id"]
    outcome = query("SELECT * FROM rpc.await(:'id', '60 seconds')", id=call_id)
    if not outcome:
        raise Refused(CODES.index("DEADLINE_EXCEEDED"), "no answer within 60 seconds")
    if outcome[0]["status"]:
        raise Refused(outcome[0]["status"], outcome[0]["message"], outcome[0]["details"])
    bodies = [outcome[0]["response"]] if not is_stream else []
    sequence = 0
    while is_stream:
        page = query("SELECT * FROM rpc.stream(:'id', :'after')", id=call_id, after=sequence)
        if not page:
            break
        bodies += [row["body"] for row in page]
        sequence = page[-1]["seq"]
    return [json_format.ParseDict(body, response_class()) for body in bodies]


def main():
    contracts = Contracts(pathlib.Path(sys.argv[1]))
    try:
        for reply in call(contracts, sys.argv[2], sys.stdin.read()):
            print(json_format.MessageToJson(reply, indent=None, ensure_ascii=False))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        print(json.dumps(refusal.details), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
