-- KEYS: manifest, then the payloads of the elements that this record would write.
-- ARGV: version, log, offset, timestamp, 'delete' or 'put', digest, then those elements.
local manifest = KEYS[1]
local record = record_position()
local stored = stored_position(manifest)
local judgement = judge(record, stored)

if judgement ~= 'latest' then
  store_superseded(manifest, record, stored, judgement)
  return {'superseded', delete_unlisted(manifest, 7), marked(manifest, 'g:')}
end
if stored and redis.call('HGET', manifest, 'digest') == ARGV[6] then
  store_position(manifest, record, stored)
  return {'unchanged', delete_unlisted(manifest, 7), marked(manifest, 'g:'), marked(manifest, 'e:'),
    redis.call('HGET', manifest, 'revision') or '0'}
end
local revision = redis.call('HGET', manifest, 'revision') or raise_revision(manifest)
return {'write', revision, marked(manifest, 'e:'), marked(manifest, 'g:'), redis.call('HGET', manifest, 'document') or ''}
