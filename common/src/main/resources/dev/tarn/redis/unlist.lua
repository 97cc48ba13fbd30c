-- KEYS: manifest, then the payloads of what it lists. ARGV: revision, then what it lists.
-- Moves all of it to the garbage, deletes the payloads, and forgets what the document said; but not at another revision.
local manifest = KEYS[1]
if (redis.call('HGET', manifest, 'revision') or '0') ~= ARGV[1] then return {'moved'} end
for i = 2, #KEYS do
  local collection = redis.call('HGET', manifest, 'e:' .. ARGV[i])
  if collection then
    redis.call('HDEL', manifest, 'e:' .. ARGV[i])
    redis.call('HSET', manifest, 'g:' .. ARGV[i], collection)
    redis.call('DEL', KEYS[i])
  end
end
redis.call('HDEL', manifest, 'digest', 'order')
return {'unlisted', raise_revision(manifest)}
