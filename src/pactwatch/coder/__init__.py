"""The coder: text in, cited and dated mentions out."""
