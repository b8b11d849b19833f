#include "host/contract/kept_file.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/gzip.h"
#include "host/base/hash.h"
#include "host/contract/damaged.h"
#include "host/contract/folder.h"

namespace pebench::contract {

std::string kept_content(const std::filesystem::path& path, const std::string& digest) {
  if (!base::exists(path))
    throw Damaged(fmt::format("{} is missing, to which {} beside it belongs: {}", path.string(), record_file,
                              damaged_remedy));
  std::string content;
  try {
    content = base::gunzip(base::read_file(path));
  } catch (const base::InputError&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw Damaged(fmt::format("{} is damaged ({}): {}", path.string(), error.what(), damaged_remedy));
  }
  if (base::sha256(content) != digest)
    throw Damaged(fmt::format("{} is damaged, it does not fit the digest in {} beside it: {}", path.string(),
                              record_file, damaged_remedy));
  return content;
}

}  // namespace pebench::contract
