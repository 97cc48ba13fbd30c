-- KEYS: manifest. ARGV: revision, log, offset. Deletes a manifest that lists nothing, but not at another revision or record.
local manifest = KEYS[1]
if redis.call('HGET', manifest, 'revision') ~= ARGV[1]
  or redis.call('HGET', manifest, 'log') ~= ARGV[2] or redis.call('HGET', manifest, 'offset') ~= ARGV[3] then
  return {'moved'}
end
for _, field in ipairs(redis.call('HKEYS', manifest)) do
  if string.sub(field, 1, 2) == 'e:' then return {'listed'} end
end
redis.call('DEL', manifest)
return {'forgotten'}
