-- KEYS: manifest, then the payloads of elements whose vectors were removed. ARGV: those elements.
-- They are garbage no more, but for those that were written again meanwhile.
for i = 2, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 0 then redis.call('HDEL', KEYS[1], 'g:' .. ARGV[i - 1]) end
end
return {}
