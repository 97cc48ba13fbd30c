-- This process, and its term as a master: no two processes, and no two terms of one, ever share it.
local function incarnation()
  local server = redis.call('INFO', 'server')
  local replication = redis.call('INFO', 'replication')
  return string.match(server, 'run_id:(%w+)') .. '.' .. string.match(replication, 'master_replid:(%w+)')
end

local function is_begun(progress, log)
  return redis.call('HGET', progress, 'begun:' .. log) == incarnation()
end
