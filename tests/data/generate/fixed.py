"""The seeds whose reports are committed, and what they are known to lose without a word."""

SEEDS = (
    47, 52, 57, 62, 123, 155, 168, 292, 919, 932, 3019, 3189, 3261,
    1002, 1003, 1005, 1009, 1012, 1017, 1027, 1037, 1039, 1042, 1044, 1045,
    1049, 1053, 1056, 1058, 1071, 1089, 1094, 1098, 1119, 1123, 1302, 1326,
)  # fmt: skip

KNOWN: dict[int, tuple[str, ...]] = {
    1037: ("document refused",),
    1049: ("contradiction missed",),
    1071: ("document refused",),
    1089: ("year silent",),
}
"""What is still wrong or refused, by seed."""
