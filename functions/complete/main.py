"""Say which occurrences a recurring task has, and which follows one that is completed or skipped."""

from functions.complete import previews
from shared import edge, web

app = web.app("complete", about="tasks")
app.router.routes += previews.router.routes
handle = edge.function(app)
