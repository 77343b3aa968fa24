"""Actions on what a list shows: typing a filter, saved views, columns."""

from tui.action import Action

KEEP = Action(
    "keep", "enter", "keep", "Keep the filter", "Go to the list; the filter stays."
)
CLEAR = Action("clear", "escape", "clear", "Clear the filter", "Take the filter away.")
COMPLETE = Action(
    "complete", "tab", "complete", "Complete", "Take what is offered; again, the next."
)
OLDER = Action("older", "up", "", "Older", "Recall what was typed before.")
NEWER = Action("newer", "down", "", "Newer", "Recall what was typed after that.")
RECALLING = (COMPLETE, OLDER, NEWER)
"""What a field does that completes and recalls."""
TYPING = (KEEP, CLEAR)
"""What ends the typing of a filter."""
VIEWS = Action(
    "views", "f", "views", "Saved views…", "Pick, save or delete a saved view."
)
COLUMNS = Action(
    "columns", "C", "", "Columns…", "Choose which columns are shown, and their order."
)
SAVE_VIEW = Action(
    "save_view", "a", "", "Save this view", "Keep filter, order and columns by a name."
)
DELETE_VIEW = Action(
    "delete_view", "x", "", "Delete the view", "Forget the view under the cursor."
)
IN_VIEWS = (SAVE_VIEW, DELETE_VIEW)
"""What the list of saved views can do."""
TOGGLE = Action("show_column", "space", "", "Show or hide", "Show or hide the column.")
EARLIER = Action("earlier", "K", "", "Earlier", "Move the column to the left.")
LATER = Action("later", "J", "", "Later", "Move the column to the right.")
IN_COLUMNS = (TOGGLE, EARLIER, LATER)
"""What the list of columns can do."""
