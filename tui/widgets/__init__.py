"""Parts of screens: they report what happened and know no store."""
