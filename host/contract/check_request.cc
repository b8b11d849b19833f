#include "host/contract/check_request.h"

#include <stdexcept>

#include "host/base/file.h"
#include "host/contract/fields.h"

namespace pebench::check {
namespace {

constexpr const char *request_file = "request.json", *finding_file = "finding.json";

}  // namespace

std::filesystem::path write_request(const std::filesystem::path& folder, const Request& request) {
  const Subject& subject = request.subject;
  const nlohmann::json json = {
      {"id", request.id},           {"library", contract::utf8_path(subject.library)},
      {"encoder", subject.encoder}, {"options", subject.options},
      {"files", subject.files},     {"seed", subject.seed}};
  const auto path = folder / request_file;
  base::write_atomically(path, contract::json_text(json));
  return path;
}

Request read_request(const std::filesystem::path& file) {
  const auto json = contract::parse_json(base::read_file(file), file.string());
  contract::Fields fields(json, file.string());
  Request request;
  request.id = fields.text("id");
  request.subject.library = fields.text("library");
  request.subject.encoder = fields.text("encoder");
  request.subject.options = fields.value("options");
  request.subject.files = fields.value("files");
  request.subject.seed = fields.natural("seed");
  fields.finish();
  return request;
}

void write_finding(const std::filesystem::path& folder, const Finding& finding) {
  const nlohmann::json json = {{"outcome", name_of(finding.outcome)}, {"text", finding.text}};
  base::write_atomically(folder / finding_file, contract::json_text(json));
}

std::optional<Finding> read_finding(const std::filesystem::path& folder) {
  std::error_code error;
  const auto path = folder / finding_file;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  try {
    const auto json = nlohmann::json::parse(base::read_file(path));
    return Finding{outcome_of(json.at("outcome").get<std::string>()), json.at("text").get<std::string>()};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace pebench::check
