"""Fire the reminders of tasks, each once and at its time; say when one fires, and what became of it."""

from functions.remind import changing, holding, previews, receipts
from shared import edge, receiving, web

app = web.app("remind", about="tasks")
for part in (previews, changing, receipts):
    app.router.routes += part.router.routes
app.router.routes.append(receiving.route(holding.heard))
handle = edge.function(app)
