"""What fills the terminal: the product's menu."""
