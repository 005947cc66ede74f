"""Matrices and boxes: from a page's own coordinates to the page as displayed."""

from __future__ import annotations

import math

from pipeline.model import Box

Matrix = tuple[float, float, float, float, float, float]
"""``(a, b, c, d, e, f)``: x' = a·x + c·y + e, y' = b·x + d·y + f."""

Point = tuple[float, float]
Points = list[Point]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def display_matrix(box: Box, rotation: int) -> Matrix:
    """User space to display space: ``box`` is the visible (left, bottom, right, top)."""
    left, bottom, right, top = box
    if rotation == 90:
        return (0.0, 1.0, 1.0, 0.0, -bottom, -left)
    if rotation == 180:
        return (-1.0, 0.0, 0.0, 1.0, right, -bottom)
    if rotation == 270:
        return (0.0, -1.0, -1.0, 0.0, top, right)
    return (1.0, 0.0, 0.0, -1.0, -left, top)


def angle_of(matrix: Matrix) -> int:
    """Direction of the x axis after ``matrix``, in whole degrees 0..359, clockwise on display."""
    return round(math.degrees(math.atan2(matrix[1], matrix[0]))) % 360


def transform_box(box: Box, matrix: Matrix) -> Box:
    """The upright box around a box after a matrix."""
    x0, y0, x1, y1 = box
    a, b, c, d, e, f = matrix
    if b == c == 0.0:  # upright, as nearly always
        x0, x1, y0, y1 = a * x0, a * x1, d * y0, d * y1
        if x1 < x0:
            x0, x1 = x1, x0
        if y1 < y0:
            y0, y1 = y1, y0
        return (x0 + e, y0 + f, x1 + e, y1 + f)
    xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
    ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
    return (min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f)


def bounding(points: Points) -> Box:
    """The upright box around points."""
    xs = [point[0] for point in points]
    ys = [point[1] for point in points]
    return (min(xs), min(ys), max(xs), max(ys))
