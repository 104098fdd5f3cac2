-- The requests that wrk makes. Before this stands `what` is asked, the milliseconds of `rest` between two of a connection,
-- and of each who asks: `tokens`, `users`, `tags`, `paths`.

local turn = 0
local made = {}   -- tasks that are there: whose, and the id

local function headers(who)
  local said = {["Cookie"] = "session=" .. tokens[who], ["Origin"] = "https://taskora.test",
                ["X-Forwarded-Host"] = "taskora.test", ["Content-Type"] = "application/json"}
  if key[1] ~= "" then said["Idempotency-Key"] = key[1] .. "-" .. turn end
  return said
end

local function create(who)
  local body = '{"title":"Buy milk","notes":"Two litres of the good one.","priority":"high","tags":' .. tags[who] .. '}'
  return wrk.format("POST", "/api/tasks", headers(who), body)
end

local function about(task, method, body)
  return wrk.format(method, "/api/tasks/" .. task.id, headers(task.who), body)
end

-- One of those that are not deleted soon: what is asked about it now must not come after that.
local function recent()
  return made[#made - turn % 100]
end

local operations = {
  create,
  function(who) return wrk.format("GET", "/api/tasks?limit=50", headers(who)) end,
  function() return about(recent(), "GET") end,
  function() return about(recent(), "PATCH", '{"title":"Buy oat milk ' .. turn .. '"}') end,
  create,
  function(who) return wrk.format("GET", "/api/tasks?limit=50&status=todo", headers(who)) end,
  function() return about(recent(), "PATCH", '{"status":"done"}') end,
  function() return about(table.remove(made, 1), "DELETE") end,
}

function request()
  turn = turn + 1
  local who = turn % #tokens + 1
  if what[1] == "create" then return create(who) end
  if what[1] == "list" then return wrk.format("GET", paths[who], headers(who)) end
  if #made < 300 then return create(who) end
  return operations[turn % #operations + 1](who)
end

if what[1] == "everything" then
  local owner = {}  -- a task that says nothing of a list is in its user's Inbox, which has the user's id
  for who, user in ipairs(users) do owner[user] = who end
  function response(status, _, body)
    local id = status == 201 and body:match('"id":"([^"]+)"')
    local list = id and body:match('"list":"([^"]+)"')
    if id then made[#made + 1] = {id = id, who = owner[list]} end
  end
end

function done(_, latency)
  io.write(string.format("p95: %.2f\n", latency:percentile(95) / 1000))
end

-- Each time another, so that they do not come in step.
if rest[1] > 0 then
  function delay() return math.random(rest[1] * 2) end
end
