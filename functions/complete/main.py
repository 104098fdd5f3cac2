"""Complete, skip and reopen tasks, whose next occurrence follows exactly once; say which occurrences a task has."""

from functions.complete import occurrences, previews, series, sweep
from shared import edge, receiving, web

app = web.app("complete", about="tasks")
for part in (previews, occurrences, series):
    app.router.routes += part.router.routes
app.router.routes.append(receiving.route(sweep.on_work))
handle = edge.function(app)
