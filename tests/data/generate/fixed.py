"""The seeds whose reports are committed, and what they are known to lose without a word."""

SEEDS = (
    1002, 1003, 1005, 1009, 1012, 1017, 1027, 1037, 1039, 1042, 1044, 1045,
    1049, 1053, 1056, 1058, 1071, 1089, 1094, 1098, 1119, 1123, 1302, 1326,
)  # fmt: skip

KNOWN: dict[int, tuple[str, ...]] = {
    1003: ("place silent", "value silent"),
    1005: ("place silent",),
    1017: ("name silent",),
    1027: ("status silent", "name silent", "unit silent"),
    1039: ("value silent",),
    1042: ("place silent", "contradiction false"),
    1045: ("name silent", "recomputed silent"),
    1049: ("name silent", "contradiction false"),
    1056: ("name silent", "name invented", "contradiction false"),
    1058: ("name silent", "unit silent"),
    1071: ("contradiction missed",),
    1089: ("name silent", "year silent", "unit silent"),
    1094: ("name silent",),
    1098: ("name silent", "unit silent"),
    1123: ("value silent", "name silent"),
}
"""What is still wrong, by seed.  Entries only ever leave this list."""
