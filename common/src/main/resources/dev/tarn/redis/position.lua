-- Positions. Numbers come as text of equal width, so that comparing text compares numbers and no digit is lost.
local POSITION = {'version', 'fence', 'log', 'offset', 'timestamp'}

local function stored_position(manifest)
  local values = redis.call('HMGET', manifest, unpack(POSITION))
  if not values[3] then return nil end
  return {version = values[1], fence = values[2], log = values[3], offset = values[4], timestamp = values[5]}
end

-- ARGV[first..first+3]: version or '', log, offset, timestamp.
local function record_position(first)
  return {version = ARGV[first], log = ARGV[first + 1], offset = ARGV[first + 2], timestamp = ARGV[first + 3]}
end

local function is_earlier(record, stored)
  if record.log == stored.log then return record.offset < stored.offset end
  if record.timestamp ~= stored.timestamp then return record.timestamp < stored.timestamp end
  return record.log < stored.log
end

-- Two versions compare as versions. What has a version is also older than what has none if it stands earlier, or if a
-- greater version has been seen; the fence is the greatest.
local function is_older(record, stored)
  if not stored then return false end
  if record.version ~= '' and stored.version ~= '' and record.version ~= stored.version then
    return record.version < stored.version
  end
  if record.version ~= '' and record.version < stored.fence then return true end
  return is_earlier(record, stored)
end

local function greater_fence(record, stored)
  if stored and stored.fence > record.version then return stored.fence end
  return record.version
end

local function store_position(manifest, record, stored)
  redis.call('HSET', manifest, 'version', record.version, 'fence', greater_fence(record, stored),
    'log', record.log, 'offset', record.offset, 'timestamp', record.timestamp)
end

-- Elements are ARGV[first..], their payloads KEYS[2..]. Deletes the payloads of those that are not listed.
local function delete_unlisted(manifest, first)
  local gone = {}
  for i = 2, #KEYS do
    local element = ARGV[first + i - 2]
    if redis.call('HEXISTS', manifest, 'e:' .. element) == 0 then
      redis.call('DEL', KEYS[i])
      gone[#gone + 1] = element
    end
  end
  return gone
end

-- Elements with the given mark, each followed by its collection.
local function marked(manifest, mark)
  local found = {}
  local fields = redis.call('HGETALL', manifest)
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, 2) == mark then
      found[#found + 1] = string.sub(fields[i], 3)
      found[#found + 1] = fields[i + 1]
    end
  end
  return found
end
