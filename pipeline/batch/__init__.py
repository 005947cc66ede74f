"""Many documents: where they come from, who runs them, where their releases go, what they make."""
