-- KEYS: the recent vectors of a part of the cache, the earlier ones. ARGV: how many make a generation, then for each vector
--       its name and its bytes.
for i = 2, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[1]) then
    redis.call('UNLINK', KEYS[2])
    redis.call('RENAME', KEYS[1], KEYS[2])
  end
end
return {}
