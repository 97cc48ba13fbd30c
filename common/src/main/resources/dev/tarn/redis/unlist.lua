-- KEYS: manifest, then the payloads of what it lists. ARGV: revision, log, offset, then what it lists.
-- Moves all of it to the garbage, deletes the payloads, and forgets what the document said; but not at another revision, or
-- another record, which may have said the same.
local manifest = KEYS[1]
if (redis.call('HGET', manifest, 'revision') or '0') ~= ARGV[1]
  or redis.call('HGET', manifest, 'log') ~= ARGV[2] or redis.call('HGET', manifest, 'offset') ~= ARGV[3] then
  return {'moved'}
end
for i = 2, #KEYS do
  local element = ARGV[i + 2]
  local collection = redis.call('HGET', manifest, 'e:' .. element)
  if collection then
    redis.call('HDEL', manifest, 'e:' .. element)
    redis.call('HSET', manifest, 'g:' .. element, collection)
    redis.call('DEL', KEYS[i])
  end
end
redis.call('HDEL', manifest, 'digest', 'order')
return {'unlisted', raise_revision(manifest)}
