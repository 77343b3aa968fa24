"""Mail: what customers are told, and who carries it to them."""
