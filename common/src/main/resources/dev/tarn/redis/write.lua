-- KEYS: manifest, then for each element its payload, and its vector set where that is on this server. ARGV: version, log,
--       offset, timestamp, 'delete' or 'put', planned revision, number of the marks, the marks: fields of the manifest and
--       their values; then for each element the number of the arguments of VADD, those arguments, the number of the payload's
--       fields and values, and those.
-- Writes elements, but only for a record that still is the latest, at the revision that it was planned from. Until they are
-- listed they are marked as garbage, so that whoever delivers the document next removes them if nobody lists them.
local manifest = KEYS[1]
if redis.call('HGET', manifest, 'revision') ~= ARGV[6] or judge(record_position(), stored_position(manifest)) ~= 'latest' then
  return {'stale'}
end
local next_key, at = 2, 7

-- Some of the arguments, which are preceded by their number.
local function take()
  local first = at + 1
  at = first + tonumber(ARGV[at])
  return first, at - 1
end

local first, last = take()
if first <= last then redis.call('HSET', manifest, unpack(ARGV, first, last)) end
while at <= #ARGV do
  local payload = KEYS[next_key]
  first, last = take()
  if first <= last then
    next_key = next_key + 1
    redis.call('VADD', KEYS[next_key], unpack(ARGV, first, last))
  end
  next_key = next_key + 1
  first, last = take()
  redis.call('HSET', payload, unpack(ARGV, first, last))
end
return {'written'}
