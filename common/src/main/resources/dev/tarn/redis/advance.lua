-- KEYS: progress. ARGV: a log and its offset, and so on.
for i = 1, #ARGV, 2 do
  local log, offset = ARGV[i], ARGV[i + 1]
  local stored = redis.call('HGET', KEYS[1], log)
  if is_begun(KEYS[1], log) and (not stored or tonumber(stored) < tonumber(offset)) then
    redis.call('HSET', KEYS[1], log, offset)
  end
end
return {}
