#include "host/contract/check_request.h"

#include "host/contract/fields.h"

namespace pebench::check {

void to_json(nlohmann::json& json, const Finding& finding) {
  json = {{"outcome", name_of(finding.outcome)}, {"text", finding.text}};
}

void from_json(const nlohmann::json& json, Finding& finding) {
  finding.outcome = outcome_of(json.at("outcome").get<std::string>());
  json.at("text").get_to(finding.text);
}

void to_json(nlohmann::json& json, const Request& request) {
  const Subject& subject = request.subject;
  json = {{"id", request.id},
          {"library", contract::utf8_path(subject.library)},
          {"encoder", subject.encoder},
          {"options", subject.options},
          {"files", subject.files},
          {"seed", subject.seed},
          {"result", contract::utf8_path(request.result)}};
}

void from_json(const nlohmann::json& json, Request& request) {
  json.at("id").get_to(request.id);
  request.subject.library = json.at("library").get<std::string>();
  json.at("encoder").get_to(request.subject.encoder);
  request.subject.options = json.at("options");
  request.subject.files = json.at("files");
  json.at("seed").get_to(request.subject.seed);
  request.result = json.at("result").get<std::string>();
}

}  // namespace pebench::check
