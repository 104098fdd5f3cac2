"""Say when a reminder of a task fires, and when it is delivered."""

from functions.remind import previews
from shared import edge, web

app = web.app("remind", about="tasks")
app.router.routes += previews.router.routes
handle = edge.function(app)
