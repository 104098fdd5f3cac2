"""Keep lists, tags and saved filters: what tasks are put in, marked with and found by."""

from functions.organize import lists
from shared import edge, web

app = web.app("organize", about="tasks")
for part in (lists,):
    app.router.routes += part.router.routes
handle = edge.function(app)
