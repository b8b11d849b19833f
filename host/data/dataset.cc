#include "host/data/dataset.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/iostreams/device/mapped_file.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <tuple>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/base/nearest.h"
#include "host/base/refusal.h"
#include "host/data/files.h"

namespace pebench::data {
namespace {

constexpr std::int64_t most_categories = 1000;  // a column of the context for each
constexpr const char* remedy = "remove the folder and import the data set again";

/// A column file in memory. Empty files cannot be mapped and need not be.
class Mapped {
 public:
  Mapped(const std::filesystem::path& folder, const std::string& name, const nlohmann::json& files) {
    const auto path = folder / name;
    const auto& expected = files.at(name);
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error || size != expected.at("bytes").get<std::uintmax_t>())
      throw base::InputError(fmt::format("{} is missing or has another size than {} says: {}", path.string(),
                                         file::meta, remedy));
    if (size == 0) {
      hash_ = base::sha256({});
      return;
    }
    try {
      file_.open(path.string());
    } catch (const std::ios_base::failure&) {
      throw base::InputError(fmt::format("cannot read {}: check that the file is readable", path.string()));
    }
    hash_ = base::sha256({file_.data(), file_.size()});
    if (hash_ != expected.at("sha256").get<std::string>())
      throw base::InputError(fmt::format("{} is damaged (its SHA-256 is not the one {} gives): {}",
                                         path.string(), file::meta, remedy));
  }
  template <class T>
  Span<const T> as() const {
    if (!file_.is_open()) return {};
    return {reinterpret_cast<const T*>(file_.data()), static_cast<std::ptrdiff_t>(file_.size() / sizeof(T))};
  }
  /// SHA-256 of what was read.
  const std::string& hash() const { return hash_; }

 private:
  boost::iostreams::mapped_file_source file_;
  std::string hash_;
};

std::vector<std::string_view> lines_of(Span<const char> text) {
  std::vector<std::string_view> lines;
  const char* begin = text.begin();
  for (const char* at = text.begin(); at != text.end(); ++at) {
    if (*at != '\n') continue;
    lines.emplace_back(begin, at - begin);
    begin = at + 1;
  }
  return lines;
}

/// The least and the greatest of the numbers that are known; 0 and 0 where none is.
std::pair<float, float> range_of(Span<const float> values) {
  float least = std::numeric_limits<float>::infinity(), most = -least;
  for (const float value : values)
    if (!std::isnan(value)) least = std::min(least, value), most = std::max(most, value);
  return least <= most ? std::pair(least, most) : std::pair(0.0f, 0.0f);
}

/// A hash over the hashes of files, each a line.
std::string hash_of(std::string lines, std::initializer_list<const Mapped*> files) {
  for (const Mapped* file : files) lines += file->hash() + "\n";
  return base::sha256(lines);
}

/// Throws unless what was read is what the description calls it: a trial's identity is made of these hashes.
void require_described(const std::string& hash, const nlohmann::json& described, const std::string& what,
                       const std::filesystem::path& folder) {
  if (hash != described.get<std::string>())
    throw base::InputError(fmt::format("{} in {} are not those that {} describes: {}", what, folder.string(),
                                       file::meta, remedy));
}

/// The index of a name among those that a data set has. Throws InputError for one that it has not, or that is
/// named twice.
std::size_t index_of(const std::string& name, const std::vector<std::string>& asked,
                     const std::vector<Field>& all, const char* kind, const std::filesystem::path& folder) {
  std::vector<std::string> known;
  for (const Field& field : all) known.push_back(field.name);
  const auto found = std::find(known.begin(), known.end(), name);
  if (found == known.end()) {
    const std::string* meant = base::nearest(name, known);
    throw base::InputError(
        fmt::format("the data set {} has no {} '{}': {}{}", folder.string(), kind, name,
                    known.empty() ? "it has none at all" : fmt::format("it has {}", fmt::join(known, ", ")),
                    meant ? fmt::format("; did you mean \"{}\"?", *meant) : ""));
  }
  if (std::count(asked.begin(), asked.end(), name) > 1)
    throw base::InputError(
        fmt::format("the {} '{}' of {} is named more than once: name it once", kind, name, folder.string()));
  return static_cast<std::size_t>(found - known.begin());
}

void require_width(const Field& field, std::int64_t found, const std::filesystem::path& folder) {
  if (field.width != found)
    throw base::InputError(fmt::format("{} says that {} is {} wide, but it is {}: {}",
                                       (folder / file::meta).string(), field.name, field.width, found,
                                       remedy));
}

nlohmann::json read_meta(const std::filesystem::path& folder) {
  const auto path = folder / file::meta;
  nlohmann::json meta;
  try {
    meta = nlohmann::json::parse(base::read_file(path));
  } catch (const nlohmann::json::exception&) {
    throw base::InputError(fmt::format("{} is not JSON: {}", path.string(), remedy));
  }
  const auto format = meta.is_object() ? meta.value("format", nlohmann::json()) : nlohmann::json();
  if (format != format_version)
    throw base::InputError(fmt::format("{} is of format {}, and this program reads format {}: {}",
                                       path.string(), format.dump(), format_version, remedy));
  return meta;
}

}  // namespace

struct Dataset::State {
  State(const std::filesystem::path& folder, const nlohmann::json& files)
      : offset_file(folder, file::offsets, files),
        item_file(folder, file::items, files),
        time_file(folder, file::times, files),
        user_id_file(folder, file::user_ids, files),
        item_id_file(folder, file::item_ids, files),
        offsets(offset_file.as<std::int64_t>()),
        events(item_file.as<Item>()),
        times(time_file.as<std::int64_t>()),
        user_ids(lines_of(user_id_file.as<char>())),
        item_ids(lines_of(item_id_file.as<char>())) {}

  Mapped offset_file, item_file, time_file, user_id_file, item_id_file;
  Span<const std::int64_t> offsets;
  Span<const Item> events;
  Span<const std::int64_t> times;
  std::vector<std::string_view> user_ids, item_ids;
  std::int64_t first_time = 0, last_time = 0;
  std::string hash;
  std::vector<Field> fields, event_fields;
  SparseAttributes sparse;
  std::vector<Mapped> mapped;  // what dense and features point into
  std::vector<DenseField> dense;
  std::vector<EventField> features;
  std::vector<Part> parts;
  Span<const std::int32_t> negatives;  // of events, in the texts; empty where none are given
  std::vector<std::string_view> negative_texts;
  bool has_date_context = false;

  std::int64_t rows() const { return static_cast<std::int64_t>(item_ids.size()) + 1; }
  std::string add_fields(const std::vector<std::string>& names, const nlohmann::json& meta,
                         const std::filesystem::path& folder);
  std::string add_context(const std::vector<std::string>& names, const nlohmann::json& meta,
                          const std::filesystem::path& folder);
  std::string add_parts(const nlohmann::json& meta, const std::filesystem::path& folder);
  std::string add_negatives(const nlohmann::json& meta, const std::filesystem::path& folder);
  void add_sparse(const std::vector<Mapped>& offset_files, const std::vector<Mapped>& id_files,
                  const std::vector<std::int64_t>& widths);
};

void Dataset::State::add_sparse(const std::vector<Mapped>& offset_files, const std::vector<Mapped>& id_files,
                                const std::vector<std::int64_t>& widths) {
  sparse.offsets = {0};
  for (std::int64_t row = 0; row < rows(); ++row) {
    std::int64_t base = 0;
    for (std::size_t f = 0; f < widths.size(); ++f) {
      const auto field_offsets = offset_files[f].as<std::int64_t>();
      const auto ids = id_files[f].as<std::int32_t>();
      for (std::int64_t i = field_offsets[row]; i < field_offsets[row + 1]; ++i)
        sparse.ids.push_back(static_cast<std::int32_t>(base + ids[i]));
      base += widths[f];
    }
    sparse.offsets.push_back(static_cast<std::int64_t>(sparse.ids.size()));
    sparse.width = base;
  }
}

/// Gives the hashes of the fields' content, a line each.
std::string Dataset::State::add_fields(const std::vector<std::string>& names, const nlohmann::json& meta,
                                       const std::filesystem::path& folder) {
  const auto& files = meta.at("files");
  for (const auto& field : meta.at("fields"))
    fields.push_back({field.at("name"), field.at("kind") == "sparse", field.at("width"),
                      field.value("type", std::string()) == "float16"});
  std::string content;
  std::vector<Mapped> offset_files, id_files;
  std::vector<std::int64_t> widths;
  for (const auto& name : names) {
    const std::size_t index = index_of(name, names, fields, "attribute", folder);
    const Field& field = fields[index];
    std::string field_hash;
    if (field.sparse) {
      offset_files.emplace_back(folder, field_file(name, "offsets.i64"), files);
      id_files.emplace_back(folder, field_file(name, "ids.i32"), files);
      const Mapped vocabulary(folder, field_file(name, "vocabulary.txt"), files);
      field_hash = hash_of(name + "\n", {&offset_files.back(), &id_files.back(), &vocabulary});
      require_width(field, static_cast<std::int64_t>(lines_of(vocabulary.as<char>()).size()), folder);
      widths.push_back(field.width);
    } else {
      mapped.emplace_back(folder, values_file(name, field.half), files);
      const Mapped& values = mapped.back();
      field_hash = hash_of(name + "\n", {&values});
      const auto size = static_cast<std::ptrdiff_t>(row_bytes(1, field.half));
      require_width(field, values.as<char>().size() / size / rows(), folder);
      dense.push_back({field.width, field.half, values.as<char>().data()});
    }
    require_described(field_hash, meta.at("fields").at(index).at("hash"), "the values of " + name, folder);
    content += field_hash + "\n";
  }
  add_sparse(offset_files, id_files, widths);
  return content;
}

/// The same for what a model sees of events; nothing where that is their date.
std::string Dataset::State::add_context(const std::vector<std::string>& names, const nlohmann::json& meta,
                                        const std::filesystem::path& folder) {
  const auto described = meta.value("event_fields", nlohmann::json::array());
  for (const auto& field : described)
    event_fields.push_back({field.at("name"), field.at("kind") == "sparse", field.at("width")});
  std::string content = add_parts(meta, folder) + add_negatives(meta, folder);
  for (const auto& name : names) {
    if (name == date_context && !has_date_context) {
      has_date_context = true;
      continue;
    }
    if (name == part_feature)
      throw base::InputError(fmt::format(
          "'{}' of {} is which part an event was given as, and no feature that a model may see: remove it",
          name, folder.string()));
    if (name == negatives_feature)
      throw base::InputError(
          fmt::format("'{}' of {} is what an event's item is ranked among, and no feature that a model may "
                      "see: remove it",
                      name, folder.string()));
    const std::size_t index = index_of(name, names, event_fields, "feature of events", folder);
    const Field& field = event_fields[index];
    EventField feature{field.name, field.sparse, field.sparse ? field.width : 1, {}, {}};
    std::string feature_hash;
    if (field.sparse) {
      if (field.width > most_categories)
        throw base::InputError(fmt::format(
            "the feature '{}' of events of {} has {} values, and a context has room for {}: leave it out",
            name, folder.string(), field.width, most_categories));
      mapped.emplace_back(folder, event_file(name, "ids.i32"), meta.at("files"));
      const Mapped vocabulary(folder, event_file(name, "vocabulary.txt"), meta.at("files"));
      feature_hash = hash_of(name + "\n", {&mapped.back(), &vocabulary});
      require_width(field, static_cast<std::int64_t>(lines_of(vocabulary.as<char>()).size()), folder);
      feature.ids = mapped.back().as<std::int32_t>();
    } else {
      mapped.emplace_back(folder, event_file(name, "values.f32"), meta.at("files"));
      feature_hash = hash_of(name + "\n", {&mapped.back()});
      feature.values = mapped.back().as<float>();
      require_width(field, feature.values.size() / std::max<std::ptrdiff_t>(1, events.size()), folder);
      std::tie(feature.least, feature.most) = range_of(feature.values);
    }
    require_described(feature_hash, described.at(index).at("hash"), "the values of " + name, folder);
    content += "event " + feature_hash + "\n";
    features.push_back(feature);
  }
  if (!has_date_context) content += "no date\n";
  return content;
}

/// Which part each event was given as decides what is tested: it belongs to the identity of the data.
std::string Dataset::State::add_parts(const nlohmann::json& meta, const std::filesystem::path& folder) {
  for (const auto& field : meta.value("event_fields", nlohmann::json::array())) {
    if (field.at("name") != part_feature) continue;
    const Mapped ids(folder, event_file(part_feature, "ids.i32"), meta.at("files")),
        vocabulary(folder, event_file(part_feature, "vocabulary.txt"), meta.at("files"));
    const std::string hash = hash_of(std::string(part_feature) + "\n", {&ids, &vocabulary});
    require_described(hash, field.at("hash"), "the parts of the split", folder);
    std::vector<Part> part_of_word;
    for (const std::string_view word : lines_of(vocabulary.as<char>())) {
      const auto known = std::find(std::begin(part_words), std::end(part_words), word);
      part_of_word.push_back(static_cast<Part>(known - std::begin(part_words)));
    }
    for (const std::int32_t id : ids.as<std::int32_t>()) parts.push_back(part_of_word.at(id));
    return "split " + hash + "\n";
  }
  return {};
}

/// What a target is ranked among belongs to the identity of the data too.
std::string Dataset::State::add_negatives(const nlohmann::json& meta, const std::filesystem::path& folder) {
  for (const auto& field : meta.value("event_fields", nlohmann::json::array())) {
    if (field.at("name") != negatives_feature) continue;
    mapped.emplace_back(folder, event_file(negatives_feature, "vocabulary.txt"), meta.at("files"));
    negative_texts = lines_of(mapped.back().as<char>());
    mapped.emplace_back(folder, event_file(negatives_feature, "ids.i32"), meta.at("files"));
    negatives = mapped.back().as<std::int32_t>();
    const std::string hash =
        hash_of(std::string(negatives_feature) + "\n", {&mapped.back(), &mapped[mapped.size() - 2]});
    require_described(hash, field.at("hash"), "the given negatives", folder);
    return "negatives " + hash + "\n";
  }
  return {};
}

std::size_t row_bytes(std::int64_t width, bool half) {
  return static_cast<std::size_t>(width) * (half ? sizeof(std::uint16_t) : sizeof(float));
}

Dataset::Dataset(std::unique_ptr<State> state) : state_(std::move(state)) {}
Dataset::Dataset(Dataset&&) noexcept = default;
Dataset& Dataset::operator=(Dataset&&) noexcept = default;
Dataset::~Dataset() = default;

Dataset Dataset::open(const std::filesystem::path& folder, const std::vector<std::string>& names,
                      const std::vector<std::string>& context) {
  const nlohmann::json meta = read_meta(folder);
  try {
    const auto& files = meta.at("files");
    auto state = std::make_unique<State>(folder, files);
    state->first_time = *std::min_element(state->times.begin(), state->times.end());
    state->last_time = *std::max_element(state->times.begin(), state->times.end());

    const std::string events = hash_of({}, {&state->offset_file, &state->item_file, &state->time_file,
                                            &state->user_id_file, &state->item_id_file});
    require_described(events, meta.at("events_hash"), "the events", folder);
    const std::string attributes = state->add_fields(names, meta, folder);
    const std::string seen = state->add_context(context, meta, folder);
    state->hash = base::sha256(events + "\n" + attributes + seen);
    return Dataset(std::move(state));
  } catch (const nlohmann::json::exception& error) {
    throw base::InputError(fmt::format("{} lacks what it should hold ({}): {}",
                                       (folder / file::meta).string(), base::without_name(error.what()),
                                       remedy));
  }
}

const std::string& Dataset::hash() const { return state_->hash; }
std::int64_t Dataset::users() const { return static_cast<std::int64_t>(state_->user_ids.size()); }
std::int64_t Dataset::items() const { return static_cast<std::int64_t>(state_->item_ids.size()); }
std::int64_t Dataset::events() const { return state_->events.size(); }

History Dataset::history(User user) const {
  const std::int64_t first = state_->offsets[user], count = state_->offsets[user + 1] - first;
  return {{state_->events.data() + first, count}, {state_->times.data() + first, count}};
}

std::int64_t Dataset::first_time() const { return state_->first_time; }
std::int64_t Dataset::last_time() const { return state_->last_time; }
std::string_view Dataset::user_id(User user) const { return state_->user_ids.at(user); }
std::string_view Dataset::item_id(Item item) const { return state_->item_ids.at(item - 1); }
const std::vector<Field>& Dataset::fields() const { return state_->fields; }
const SparseAttributes& Dataset::sparse() const { return state_->sparse; }
const std::vector<DenseField>& Dataset::dense() const { return state_->dense; }
std::int64_t Dataset::attributes() const {
  std::int64_t width = state_->sparse.width;
  for (const DenseField& field : state_->dense) width += field.width;
  return width;
}
std::int64_t Dataset::first_event(User user) const { return state_->offsets[user]; }
const std::vector<Field>& Dataset::event_fields() const { return state_->event_fields; }
const std::vector<EventField>& Dataset::features() const { return state_->features; }
const std::vector<Part>& Dataset::parts() const { return state_->parts; }
bool Dataset::has_date_context() const { return state_->has_date_context; }
bool Dataset::has_negatives() const { return state_->negatives.size() > 0; }
std::string_view Dataset::negatives_text(std::int64_t event) const {
  const std::int32_t text = state_->negatives[event];
  return text < 0 ? std::string_view() : state_->negative_texts.at(text);
}

}  // namespace pebench::data
