#include "host/contract/document.h"

#include <fmt/format.h>

#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/contract/damaged.h"
#include "host/contract/fields.h"

namespace pebench::contract {
namespace {

constexpr const char* digest_key = "digest";

std::string digest_of(const nlohmann::json& rest) { return base::sha256(dump(rest)); }

[[noreturn]] void refuse(const std::filesystem::path& path, std::string_view what) {
  throw Damaged(fmt::format("{} {}: restore the file, or delete it to have the run write it anew",
                            path.string(), what));
}

nlohmann::json parsed(const std::string& text, const std::filesystem::path& path) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    refuse(path, fmt::format("is not JSON (byte {})", error.byte));
  } catch (const nlohmann::json::exception&) {
    refuse(path, "is not JSON");
  }
}

}  // namespace

Document read_document(const std::filesystem::path& path) {
  Document document{parsed(base::read_file(path), path), false};
  if (!document.json.is_object()) refuse(path, "is no JSON object");
  const auto digest = document.json.find(digest_key);
  if (digest == document.json.end()) return document;
  const nlohmann::json expected = *digest;
  document.json.erase(digest);
  document.sealed = true;
  if (expected != digest_of(document.json))
    refuse(path, "is not as it was written, it does not fit its digest");
  return document;
}

void write_document(const std::filesystem::path& path, const nlohmann::json& json) {
  nlohmann::json sealed = json;
  // A text that is not UTF-8 or a number that is not finite is written as another, which the digest is of.
  sealed[digest_key] = digest_of(json);
  base::write_atomically(path, json_text(sealed));
}

}  // namespace pebench::contract
