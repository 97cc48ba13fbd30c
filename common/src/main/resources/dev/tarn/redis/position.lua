-- Positions. Numbers come as text of equal width, so that comparing text compares numbers and no digit is lost.
local POSITION = {'fence', 'log', 'offset', 'timestamp'}

local function stored_position(manifest)
  local values = redis.call('HMGET', manifest, unpack(POSITION))
  if not values[2] then return nil end
  return {fence = values[1] or '', log = values[2], offset = values[3], timestamp = values[4]}
end

-- ARGV[first..first+3]: version or '', log, offset, timestamp.
local function record_position(first)
  return {fence = ARGV[first], log = ARGV[first + 1], offset = ARGV[first + 2], timestamp = ARGV[first + 3]}
end

local function is_older(record, stored)
  if not stored then return false end
  if record.fence ~= '' and stored.fence ~= '' and record.fence ~= stored.fence then
    return record.fence < stored.fence
  end
  if record.log == stored.log then return record.offset < stored.offset end
  if record.timestamp ~= stored.timestamp then return record.timestamp < stored.timestamp end
  return record.log < stored.log
end

local function greater_fence(record, stored)
  if stored and stored.fence > record.fence then return stored.fence end
  return record.fence
end

local function store_position(manifest, record, stored)
  redis.call('HSET', manifest, 'fence', greater_fence(record, stored),
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
