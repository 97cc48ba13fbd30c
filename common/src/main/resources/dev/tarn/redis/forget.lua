-- KEYS: manifest. ARGV: revision. Deletes a manifest that lists nothing, but not at another revision.
local manifest = KEYS[1]
if redis.call('HGET', manifest, 'revision') ~= ARGV[1] then return {'moved'} end
for _, field in ipairs(redis.call('HKEYS', manifest)) do
  if string.sub(field, 1, 2) == 'e:' then return {'listed'} end
end
redis.call('DEL', manifest)
return {'forgotten'}
