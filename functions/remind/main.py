"""Fire the reminders of tasks, each once and at its time; add some, snooze them, and say what became of each."""

from functions.remind import changing, holding, previews, receipts
from shared import edge, receiving, web

app = web.app("remind", about="tasks")
for part in (previews, changing, receipts):
    app.router.routes += part.router.routes
app.router.routes.append(receiving.route(holding.heard))
handle = edge.function(app)
