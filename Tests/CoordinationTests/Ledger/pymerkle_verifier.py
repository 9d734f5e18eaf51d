"""Has pymerkle, which knows nothing of us, verify proofs of the ledger's log.

Reads {"size", "root", "inclusion": [{"leaf", "hash", "proof"}], "consistency": [{"older", "root", "proof"}]} from
standard input, hashes in hexadecimal, and prints a line for each proof: `accepted` or `refused`.

RFC 6962's consistency proof names complete subtrees of the new part where pymerkle's walks on to the first new leaf. That
leaf's inclusion proof has those hashes: the entries of `consistency` carry it as "next", and both are checked together.
"""
import json
import sys

import pymerkle
from pymerkle.core import _consistency_path_layout, _inclusion_path_layout


def largest_power_below(count):
    return 1 << ((count - 1).bit_length() - 1)


def consistency_ranges(older, low, high, whole=True):
    """The leaf ranges whose roots RFC 6962, 2.1.2 puts into a consistency proof, in its order."""
    if older == high - low:
        return [] if whole else [(low, high)]
    middle = low + largest_power_below(high - low)
    if older <= middle - low:
        return consistency_ranges(older, low, middle, whole) + [(middle, high)]
    return consistency_ranges(older - (middle - low), middle, high, False) + [(low, middle)]


def inclusion(leaf, size, leaf_hash, proof):
    rule, _ = _inclusion_path_layout(leaf + 1, size)
    return pymerkle.InclusionProof("sha256", True, size, leaf + 1, rule, [leaf_hash] + proof)


def consistency(entry, size):
    older, hashes = entry["older"], unhex(entry["proof"])
    ranges = consistency_ranges(older, 0, size)
    if len(ranges) != len(hashes):
        raise pymerkle.InvalidProof("length")
    given = dict(zip(ranges, hashes))
    if older & (older - 1) == 0:
        given[(0, older)] = bytes.fromhex(entry["root"])
    _, beside = _inclusion_path_layout(older + 1, size)
    walked = dict(zip(beside, unhex([entry["next"]["hash"]] + entry["next"]["proof"])))
    hasher = pymerkle.proof.MerkleHasher("sha256")

    def root(low, high):
        if (low, high) in walked:
            return walked[low, high]
        middle = low + largest_power_below(high - low)
        return hasher.hash_pair(root(low, middle), root(middle, high))

    for (low, high), value in given.items():
        if root(low, high) != value:
            raise pymerkle.InvalidProof("the proofs contradict each other")
    rule, subset, ranges = _consistency_path_layout(older, size)
    path = [given.get(each, walked.get(each)) for each in ranges]
    return pymerkle.ConsistencyProof("sha256", True, size, older, rule, subset, path)


def unhex(values):
    return [bytes.fromhex(value) for value in values]


def verdict(check):
    try:
        check()
        return "accepted"
    except pymerkle.InvalidProof:
        return "refused"


def main():
    given = json.load(sys.stdin)
    size, root = given["size"], bytes.fromhex(given["root"])
    for entry in given["inclusion"]:
        leaf_hash = bytes.fromhex(entry["hash"])
        print(verdict(lambda: pymerkle.verify_inclusion(
            leaf_hash, root, inclusion(entry["leaf"], size, leaf_hash, unhex(entry["proof"])),
            index=entry["leaf"] + 1, size=size, algorithm="sha256")))
    for entry in given["consistency"]:
        print(verdict(lambda: pymerkle.verify_consistency(
            bytes.fromhex(entry["root"]), root, consistency(entry, size),
            prior_size=entry["older"], later_size=size, algorithm="sha256")))


main()
