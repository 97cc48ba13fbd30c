-- KEYS: progress. ARGV: logs. Returns the offset of each, or empty text.
local offsets = {}
for i, log in ipairs(ARGV) do
  redis.call('HSET', KEYS[1], 'begun:' .. log, incarnation())
  offsets[i] = redis.call('HGET', KEYS[1], log) or ''
end
return offsets
