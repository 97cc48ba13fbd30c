-- KEYS: metadata fields. ARGV: the most of them, then those to register.
-- Returns whether all are registered; where there is no room, it is noted that some are not.
for i = 2, #ARGV do
  if redis.call('HEXISTS', KEYS[1], ARGV[i]) == 0 then
    if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[1]) then
      redis.call('HSET', KEYS[1], 'more', 1)
      return {'full'}
    end
    redis.call('HSET', KEYS[1], ARGV[i], 1)
  end
end
return {'registered'}
