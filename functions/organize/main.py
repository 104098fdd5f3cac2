"""Keep lists, tags and saved filters: what tasks are put in, marked with and found by."""

from functions.organize import filters, lists, tags
from shared import edge, web

app = web.app("organize", about="tasks")
for part in (lists, tags, filters):
    app.router.routes += part.router.routes
handle = edge.function(app)
