#!/usr/bin/python3
"""Python's protobuf package as the other end of the contracts' JSON.

json_peer.py edges PROTO_DIRECTORY...   prints messages with edge values, one a line: type, tab, JSON
json_peer.py echo PROTO_DIRECTORY...    reads such lines, and prints each message as Python writes it, or `refused`
"""
import pathlib
import subprocess
import sys
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

TEXTS = ["", "plain", "á ñ \U0001f600 \u2028 / \\ \" \x01\x1f\x7f\n\r\t\b\f", "x" * 300]
EDGES = {
    "CPPTYPE_INT32": [0, 1, -1, 2**31 - 1, -2**31], "CPPTYPE_UINT32": [0, 1, 2**32 - 1],
    "CPPTYPE_INT64": [0, 1, -1, 2**63 - 1, -2**63, 2**53 + 1], "CPPTYPE_UINT64": [0, 1, 2**64 - 1],
    "CPPTYPE_BOOL": [False, True],
    "CPPTYPE_DOUBLE": [0.0, -1.5, 1e300, 5e-324, 1.7976931348623157e308, 0.1, float("inf"), float("-inf")],
    "CPPTYPE_FLOAT": [0.0, -1.5, 3.25e38, 0.1, float("inf")],
}
SECONDS = [0, 1, -62135596800, 253402300799, 951782400, -1]
NANOS = [0, 1, 999999999, 500000000, 1000, 120000000]


def classes(directories):
    """The message classes by full name."""
    protos = [str(p.relative_to(d)) for d in map(pathlib.Path, directories) for p in sorted(d.rglob("*.proto"))]
    with tempfile.TemporaryDirectory() as directory:
        target = pathlib.Path(directory) / "set"
        subprocess.run(
            ["protoc", *(f"--proto_path={d}" for d in directories), "--include_imports",
             f"--descriptor_set_out={target}", *protos], check=True)
        files = descriptor_pb2.FileDescriptorSet.FromString(target.read_bytes()).file
    pool = descriptor_pool.DescriptorPool()
    for file in files:
        pool.Add(file)
    get = getattr(message_factory, "GetMessageClass", None) or message_factory.MessageFactory(pool).GetPrototype
    found = {}

    def add(descriptor):
        if not descriptor.GetOptions().map_entry:
            found[descriptor.full_name] = get(descriptor)
            for nested in descriptor.nested_types:
                add(nested)

    for file in files:
        if file.package.startswith("puente."):
            for descriptor in pool.FindFileByName(file.name).message_types_by_name.values():
                add(descriptor)
    return found


def scalar(field, turn):
    """An edge value of a field that is no message."""
    if field.enum_type:
        values = field.enum_type.values
        return values[turn % len(values)].number
    names = {getattr(field, name): name for name in EDGES}
    if field.cpp_type in names:
        values = EDGES[names[field.cpp_type]]
        return values[turn % len(values)]
    if field.type == field.TYPE_BYTES:
        return [b"", b"\x00\xff\xfe", bytes(range(256)), b"a"][turn % 4]
    return TEXTS[turn % len(TEXTS)]


def fill(message, turn, depth=0):
    """Gives every field an edge value; `turn` says which."""
    name = message.DESCRIPTOR.full_name
    if name == "google.protobuf.Timestamp":
        message.seconds, message.nanos = SECONDS[turn % len(SECONDS)], NANOS[turn % len(NANOS)]
        return
    if name == "google.protobuf.Duration":
        sign = -1 if turn % 2 else 1
        message.seconds, message.nanos = sign * [0, 1, 315575999999, 59][turn % 4], sign * NANOS[turn % len(NANOS)]
        return
    for step, field in enumerate(message.DESCRIPTOR.fields):
        value = turn + step
        entry = field.message_type and field.message_type.GetOptions().map_entry
        if entry:
            for key in range(turn % 4):
                target, of = getattr(message, field.name), field.message_type.fields_by_name["value"]
                if of.message_type:
                    fill(target[f"{TEXTS[1]}{key}"], value + key, depth + 1)
                else:
                    target[f"{TEXTS[2]}{key}"] = scalar(of, value + key)
        elif field.label == field.LABEL_REPEATED:
            for index in range(turn % 3):
                if field.message_type:
                    fill(getattr(message, field.name).add(), value + index, depth + 1)
                else:
                    getattr(message, field.name).append(scalar(field, value + index))
        elif field.message_type:
            if turn % 3:
                getattr(message, field.name).SetInParent()
                fill(getattr(message, field.name), value, depth + 1)
        elif not (field.has_presence and turn % 2):
            setattr(message, field.name, scalar(field, value))


def main():
    mode, directories = sys.argv[1], sys.argv[2:]
    known = classes(directories)
    if mode == "edges":
        for name, kind in sorted(known.items()):
            for turn in range(12):
                message = kind()
                fill(message, turn)
                text = json_format.MessageToJson(
                    message, indent=None, preserving_proto_field_name=turn % 4 == 3, ensure_ascii=turn % 2 == 0)
                print(f"{name}\t{text}")
        return
    for line in sys.stdin:
        name, text = line.rstrip("\n").split("\t", 1)
        try:
            message = json_format.Parse(text, known[name]())
            print(json_format.MessageToJson(message, indent=None, ensure_ascii=False))
        except json_format.ParseError:
            print("refused")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdin.reconfigure(encoding="utf-8")
    main()
