#!/usr/bin/env Rscript
# cross_check.R PEBENCH [--disturb] [--keep FOLDER]: every statistic that `pebench judge` prints, computed again in R.
#
# Tables of numbers are drawn (cross_check/cases.R), judged by the program, and judged here (cross_check/reference.R, claims.R), by R's own
# functions where R has the statistic and otherwise by what docs/statistics.md says of it. Numbers that are computed must agree within a
# relative 1e-9, those that are searched for within what the page says of them, and those that either side simulates within four standard
# errors of the two simulations. Exit code 1 where they do not; 77 (skipped) without R's packages.
#   --disturb        changes the first printed number of every kind, to see that each is found
#   --keep FOLDER    leaves the tables and reports there

arguments <- commandArgs(trailingOnly = TRUE)
option <- function(name) if (name %in% arguments) arguments[match(name, arguments) + 1]
program <- normalizePath(arguments[1])
disturbing <- "--disturb" %in% arguments
folder <- if (is.null(option("--keep"))) tempfile("cross_check") else option("--keep")
dir.create(folder, showWarnings = FALSE, recursive = TRUE)

for (package in c("jsonlite", "nortest", "exactRankTests")) {
  if (!requireNamespace(package, quietly = TRUE)) {
    cat("SKIPPED: the statistics are not checked against R, as its package", package, "is missing;",
        "`tools/setup.sh --test` installs it (Debian:", paste0("r-cran-", tolower(package), ")\n"))
    quit(status = 77)
  }
}
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)[1])))
for (file in c("reference.R", "claims.R", "cases.R")) source(file.path(here, "cross_check", file))

# ---- What was compared

comparisons <- new.env()
comparisons$kinds <- list()
comparisons$disturbed <- character()

# `excess`: the distance of the two in units of what is allowed; above 1 they disagree.
note <- function(kind, where, reference, printed, distance, excess) {
  found <- comparisons$kinds[[kind]]
  if (is.null(found)) found <- list(count = 0, largest = 0, disagreements = character())
  found$count <- found$count + 1
  found$largest <- max(found$largest, distance)
  if (excess > 1) {
    shown <- function(value) if (is.null(value)) "nothing" else paste(format(value, digits = 15), collapse = " ")
    found$disagreements <- c(found$disagreements, sprintf("%s: pebench has %s, R has %s", where, shown(printed), shown(reference)))
  }
  comparisons$kinds[[kind]] <- found
}

# With --disturb, the first printed number or word of every kind is changed, to see that each is found.
disturbed <- function(kind, printed, by = NULL) {
  if (!disturbing || is.null(printed) || kind %in% comparisons$disturbed) return(printed)
  comparisons$disturbed <- c(comparisons$disturbed, kind)
  if (!is.null(by)) return(printed + by)
  if (is.numeric(printed)) printed * 1.001 + 1e-5 else paste(printed, "disturbed")
}

# Numbers, or nothing on both sides.
compare <- function(kind, where, reference, printed, tolerance = 1e-9, scale = 0) {
  printed <- disturbed(kind, unlist(printed))
  if (is.null(reference) || is.null(printed) || length(reference) != length(printed)) {
    same <- is.null(reference) && is.null(printed)
    return(note(kind, where, reference, printed, if (same) 0 else Inf, if (same) 0 else Inf))
  }
  size <- pmax(abs(reference), scale, 1e-12)
  distance <- max(ifelse(reference == printed, 0, abs(reference - printed) / size))
  note(kind, where, reference, printed, distance, distance / tolerance)
}

compare_simulated <- function(kind, where, reference, printed, error, tolerance = 1e-9) {
  if (error == 0) return(compare(kind, where, reference, printed, tolerance))
  kind <- paste0(kind, ", simulated")
  printed <- disturbed(kind, printed, 10 * error)
  distance <- abs(reference - printed) / error
  note(kind, where, reference, printed, distance, distance / 4)
}

compare_word <- function(kind, where, reference, printed) {
  printed <- disturbed(kind, printed)
  same <- identical(reference, printed)
  note(kind, where, reference, printed, if (same) 0 else Inf, if (same) 0 else Inf)
}

# ---- Tables in, reports out

judge <- function(case) {
  table <- file.path(folder, paste0(case$name, ".csv"))
  write.csv(case$table, table, row.names = FALSE, quote = FALSE)
  options <- c("judge", table, "--baseline", case$baseline, "--primary", "score", "--alpha", case$alpha, "--json")
  if (!is.null(case$chance)) options <- c(options, "--chance", paste0("score=", case$chance))
  if (case$lower_is_better) options <- c(options, "--lower-is-better", "score")
  if (!is.null(case$equivalence_share)) options <- c(options, "--equivalence-share", case$equivalence_share)
  for (claim in case$claims) options <- c(options, "--claim", shQuote(claim))
  report <- file.path(folder, paste0(case$name, ".json"))
  if (system2(program, options, stdout = report) != 0) stop("pebench judge failed on ", table)
  jsonlite::fromJSON(report, simplifyVector = FALSE)$suites[[1]]
}

# For each data set, matrices [seed, encoding]: values (failed runs at chance), which were measured, which failed; and scores of users.
datasets_of <- function(case) {
  table <- case$table
  encodings <- unique(table$model)
  seeds <- sort(unique(table$seed))
  lapply(split(table, factor(table$dataset, unique(table$dataset))), function(rows) {
    cell <- function(of) sapply(encodings, function(encoding)
      sapply(seeds, function(seed) of(rows$score[rows$model == encoding & rows$seed == seed])))
    failed <- cell(function(score) any(score == "nan", na.rm = TRUE))
    values <- cell(function(score) suppressWarnings(mean(as.numeric(score))))
    values[is.nan(values)] <- NA
    measured <- !is.na(values)
    if (!is.null(case$chance)) values[failed] <- case$chance
    copies <- apply(values, 2, function(x) sum(!is.na(x)) > 1 && is_constant(x[!is.na(x)]))
    for (encoding in encodings[copies]) values[which(measured[, encoding])[-1], encoding] <- NA  # a single trial
    users <- if ("user" %in% names(rows)) lapply(setNames(encodings, encodings), function(encoding) {
      of_encoding <- rows[rows$model == encoding, ]
      tapply(as.numeric(of_encoding$score), list(of_encoding$seed, of_encoding$user), identity)
    })
    list(values = values, measured = measured, failed = failed, users = users)
  })
}

# ---- Sections of a report

check_encoding <- function(printed, dataset, case, where) {
  x <- dataset$values[, printed$encoding]
  x <- x[!is.na(x)]
  n <- length(x)
  runs <- dataset$measured[, printed$encoding] | dataset$failed[, printed$encoding]
  failures <- sum(dataset$failed[, printed$encoding])
  compare("number of seeds", where, n, printed$seeds)
  compare("mean", where, mean(x), printed$mean)
  compare("mean |x - median|", where, mean_deviation(x), printed$mean_deviation)
  compare("failure rate", where, failures / sum(runs), printed$failure_rate$value)
  compare("failure rate, Wilson's interval", where, wilson_interval(failures, sum(runs)), printed$failure_rate$interval, scale = 1e-3)
  if (n < 2) return()
  compare("mean, Student's interval", where, student_interval(x), printed$mean_interval)
  compare("SD", where, sd(x), printed$sd)
  compare("SD, Bonett's interval", where, bonett_interval(x), printed$sd_interval)
  compare("CV", where, if (mean(x) > 0) sd(x) / mean(x), printed$cv)
  gain <- if (!is.null(case$chance) && mean(x) > case$chance) sd(x) / (mean(x) - case$chance)
  compare("SD/gain", where, gain, printed$sd_over_gain)
  without <- dataset$values[dataset$measured[, printed$encoding], printed$encoding]
  compare("SD without failed trials", where, if (failures > 0) sd(without), printed$sd_of_measured)
  compare_word("told from normal", where, is_normal(x), printed$normal)
}

pair_of <- function(printed, dataset) {
  first <- dataset$values[, printed$first]
  second <- dataset$values[, printed$second]
  common <- !is.na(first) & !is.na(second)
  paired <- sum(common) >= 2
  list(paired = paired, difference = ifelse(common, first - second, NA),
       first = first[if (paired) common else !is.na(first)], second = second[if (paired) common else !is.na(second)])
}

seeds_of <- function(pair) min(length(pair$first), length(pair$second))

equivalence_of <- function(pair, baseline_mean, share) {
  interval <- if (pair$paired) student_interval(pair$first - pair$second, 0.9) else welch_interval(pair$first, pair$second, 0.9)
  margin <- share * abs(baseline_mean)
  if (interval[1] > -margin && interval[2] < margin) "yes" else if (interval[1] > margin || interval[2] < -margin) "no" else "undecided"
}

# Everything of a pair but what is adjusted over a family.
check_pair <- function(printed, pair, case, with_interval, where) {
  difference <- if (pair$paired) pair$first - pair$second else NULL
  n <- seeds_of(pair)
  compare_word("evidence", where, if (n < 6) "spread" else if (n < 10) "weak means" else if (n < 20) "means" else "stability",
               printed$evidence)
  compare_word("design", where, if (pair$paired) "paired" else "unpaired", printed$design)
  compare("number of seeds of a pair", where, seeds_of(pair), printed$seeds)
  compare("difference", where, mean(pair$first) - mean(pair$second), printed$difference, scale = max(abs(pair$first)))
  if (pair$paired) {
    compare("difference, Student's interval", where, student_interval(difference), printed$difference_interval, scale = max(abs(difference)))
    compare("d", where, if (!is_constant(difference)) mean(difference) / sd(difference), printed$effect_size, scale = 1e-3)
  } else {
    compare("difference, Welch's interval", where, welch_interval(pair$first, pair$second), printed$difference_interval)
    counts <- c(length(pair$first), length(pair$second))
    pooled <- sum((counts - 1) * c(var(pair$first), var(pair$second))) / (sum(counts) - 2)
    compare("d over the pooled SD", where, (mean(pair$first) - mean(pair$second)) / sqrt(pooled), printed$effect_size)
  }
  sides <- if (pair$paired) without_rounding(difference) else outer(pair$first, pair$second, "-")
  larger <- (sum(sides > 0) + sum(sides == 0) / 2) / length(sides)
  compare("share with the larger value", where, larger, printed$superiority)
  interval <- if (pair$paired) wilson_interval(larger * length(sides), length(sides))
  compare("share with the larger value, Wilson's interval", where, interval, printed$superiority_interval, scale = 1e-3)
  check_pair_deviation(printed$deviation, pair, with_interval, where)
}

check_pair_deviation <- function(printed, pair, with_interval, where) {
  finite <- function(value) if (is.finite(value)) value
  compare("ratio of mean |x - median|", where, finite(mean_deviation(pair$first) / mean_deviation(pair$second)), printed$ratio)
  compare("ratio of SDs", where, finite(sd(pair$first) / sd(pair$second)), printed$sd_ratio)
  test <- brown_forsythe(pair$first, pair$second)
  compare("Brown and Forsythe's F", where, test$f, printed$brown_forsythe$f)
  compare("Brown and Forsythe's p", where, test$p, printed$brown_forsythe$p)
  exchange <- exchange_test(pair$first, pair$second, pair$paired)
  compare_simulated("exchanges of residuals, p", where, exchange$p, printed$p, exchange$error)
  compare_word("deviation, strength", where, strength_of(seeds_of(pair), TRUE), printed$strength)
  has_interval <- with_interval && seeds_of(pair) >= 10
  compare_word("exchanges, interval is shown", where, has_interval, !is.null(printed$interval))
  if (has_interval && !is.null(printed$interval)) check_deviation_interval(printed$interval, pair, where)
}

check_deviation_interval <- function(printed, pair, where) {
  ends <- sapply(printed, function(end) if (is.null(end)) NA else end)
  if (is.na(ends[1])) ends[1] <- 0
  if (is.na(ends[2])) ends[2] <- Inf
  if (pair$paired && length(pair$first) <= 13)
    return(compare("exchanges, inverted interval", where, exchange_interval(pair$first, pair$second), ends, 1e-3))
  # Simulated: at an end p passes 5 %, whichever exchanges are drawn.
  for (end in ends[ends > 0 & is.finite(ends)]) {
    p_at_end <- exchange_test(pair$first / end, pair$second, pair$paired)$p
    compare_simulated("exchanges, inverted interval", where, p_at_end, 0.05, sqrt(0.05 * 0.95 * (1 / simulations + 1 / 10000)))
  }
}

# `printed`: for each data set the pairs of one family.
check_family <- function(printed, datasets, case, against_baseline) {
  pairs <- Map(function(list, dataset) lapply(list, pair_of, dataset), printed, datasets)
  all_pairs <- unlist(pairs, recursive = FALSE)
  if (length(all_pairs) == 0) return()
  wheres <- unlist(Map(function(list, dataset) sapply(list, function(pair)
    paste(case$name, dataset, pair$first, "against", pair$second)), printed, names(datasets)))
  flat <- unlist(printed, recursive = FALSE)
  Map(check_pair, flat, all_pairs, list(case), against_baseline, wheres)

  # A family are the comparisons whose seeds admit a verdict; the p of the others stay as they are.
  admits <- lapply(pairs, function(list) sapply(list, seeds_of) >= 6)
  inside <- unlist(admits)
  printed_p <- sapply(flat, `[[`, "p")
  tests <- lapply(all_pairs, function(pair)
    if (pair$paired) sign_flip(pair$difference) else label_permutation(pair$first, pair$second))
  kinds <- ifelse(sapply(all_pairs, `[[`, "paired"), "sign flips, p", "permutation of labels, p")
  Map(compare_simulated, kinds, wheres, lapply(tests, `[[`, "p"), printed_p, lapply(tests, `[[`, "error"))
  adjusted <- printed_p
  if (any(inside) && all(sapply(all_pairs[inside], `[[`, "paired"))) {
    members <- Map(function(list, chosen) sapply(list[chosen], `[[`, "difference"), pairs, admits)
    flips <- sign_flip_family(members[sapply(admits, any)])
    Map(compare_simulated, "sign flips, max-T adjusted p", wheres[inside], unlist(flips$adjusted),
        lapply(flat[inside], `[[`, "adjusted_p"), unlist(flips$adjusted_error))
    adjusted[inside] <- unlist(flips$adjusted)
  } else {
    adjusted[inside] <- p.adjust(printed_p[inside], "holm")
    Map(compare, "means, Holm adjusted p", wheres, adjusted, lapply(flat, `[[`, "adjusted_p"))
  }
  deviation_adjusted <- sapply(flat, function(pair) pair$deviation$p)
  inside <- sapply(all_pairs, seeds_of) >= 10
  deviation_adjusted[inside] <- p.adjust(deviation_adjusted[inside], "holm")
  Map(compare, "deviation, Holm adjusted p", wheres, deviation_adjusted, lapply(flat, function(pair) pair$deviation$adjusted_p))
  check_wilcoxon(printed, pairs, case)
  if (!is.null(case$decimals)) check_against_perm_test(flat, all_pairs, case$decimals, wheres)

  for (i in seq_along(flat)) {
    n <- seeds_of(all_pairs[[i]])
    ahead <- (mean(all_pairs[[i]]$first) - mean(all_pairs[[i]]$second)) * (if (case$lower_is_better) -1 else 1)
    direction <- if (n < 6 || adjusted[i] > case$alpha) "undecided" else if (ahead > 0) "better" else "worse"
    compare_word("verdict on the mean", wheres[i], direction, flat[[i]]$direction)
    compare_word("mean, strength", wheres[i], strength_of(n, FALSE), flat[[i]]$strength)
    more <- mean_deviation(all_pairs[[i]]$first) > mean_deviation(all_pairs[[i]]$second)
    stability <- if (n < 10 || deviation_adjusted[i] > case$alpha) "undecided" else if (more) "deviates more" else "deviates less"
    compare_word("verdict on the deviation", wheres[i], stability, flat[[i]]$stability)
    if (!is.null(case$equivalence_share) && n >= 6)
      compare_word("equivalence", wheres[i], equivalence_of(all_pairs[[i]], mean(all_pairs[[i]]$second), case$equivalence_share),
                   flat[[i]]$equivalent)
  }
}

# The sum of the differences decides T, so that perm.test, which wants whole numbers, has the same p.
check_against_perm_test <- function(flat, pairs, decimals, wheres) {
  for (i in seq_along(flat)) {
    differences <- round(pairs[[i]]$difference * 10^decimals)
    if (all(differences == 0)) next
    compare("sign flips, p, by perm.test", wheres[i], perm.test(differences[differences != 0], exact = TRUE)$p.value, flat[[i]]$p)
  }
}

check_wilcoxon <- function(printed, pairs, case) {
  for (dataset in seq_along(printed)) {
    p <- sapply(pairs[[dataset]], function(pair) if (pair$paired) wilcoxon_p(pair$difference[!is.na(pair$difference)]) else NA)
    holm <- p.adjust(p, "holm")
    for (i in seq_along(p)) {
      where <- paste(case$name, names(pairs)[dataset], printed[[dataset]][[i]]$first, "against", printed[[dataset]][[i]]$second)
      given <- function(value) if (!is.na(value)) value
      compare("Wilcoxon's signed ranks, p", where, given(p[i]), printed[[dataset]][[i]]$wilcoxon$p)
      compare("Wilcoxon's signed ranks, Holm", where, given(holm[i]), printed[[dataset]][[i]]$wilcoxon$holm_p)
    }
  }
}

check_across <- function(printed, datasets, case) {
  encodings <- unlist(printed$encodings)
  means <- sapply(datasets, function(dataset) colMeans(dataset$values, na.rm = TRUE)[encodings])  # [encodings, data sets]
  if (!case$lower_is_better) means <- -means
  ranks <- apply(means, 2, function(column) rank(signif(column, 10)))
  compare("ranks", case$name, as.vector(ranks), printed$ranks)
  if (length(datasets) >= 5) check_critical_difference(printed$critical_difference, ranks, case)
  if (is.null(case$chance)) return()
  for (i in seq_along(encodings)) {
    where <- paste(case$name, encodings[i])
    normalised <- lapply(datasets, function(dataset) {
      values <- dataset$values[, encodings[i]]
      (values[!is.na(values)] - case$chance) / (1 - case$chance)
    })
    pooled <- function(values) interquartile_mean(unlist(values))
    compare("interquartile mean", where, pooled(normalised), printed$interquartile_means[[i]]$value)
    compare_bootstrap("interquartile mean", where, normalised, pooled, printed$interquartile_means[[i]]$interval)
    for (point in printed$profiles[[i]]) {
      above <- function(values) mean(sapply(values, function(x) mean(x > point$threshold)))
      compare("performance profile", where, above(normalised), point$share$value)
    }
  }
}

# The share of our resamples below each printed end should be 2.5 and 97.5 %.
compare_bootstrap <- function(kind, where, values, statistic, interval) {
  resampled <- bootstrap(values, statistic)
  for (end in 1:2) {
    level <- c(0.025, 0.975)[end]
    below <- mean(resampled < interval[[end]]) + mean(resampled == interval[[end]]) / 2
    compare_simulated(paste0(kind, ", bootstrap"), where, below, level, sqrt(level * (1 - level) * (2 / length(resampled))))
  }
}

check_critical_difference <- function(printed, ranks, case) {
  friedman <- friedman.test(t(ranks))
  difference <- nemenyi_difference(case$alpha, nrow(ranks), ncol(ranks))
  mean_ranks <- rowMeans(ranks)
  compare("mean ranks", case$name, mean_ranks, printed$mean_ranks)
  compare("Friedman's chi-squared", case$name, unname(friedman$statistic), printed$friedman)
  compare("Friedman's p", case$name, friedman$p.value, printed$p)
  # R's qtukey is accurate to four decimals by its own account (Copenhaver and Holland 1988).
  compare("Nemenyi's critical difference", case$name, difference, printed$difference, 1e-4)
  sorted <- names(sort(mean_ranks))
  within <- lapply(seq_along(sorted), function(from) sorted[from:max(which(mean_ranks[sorted] <= mean_ranks[sorted[from]] + difference))])
  largest <- Filter(function(group) length(group) > 1 &&
    !any(sapply(within, function(other) length(other) > length(group) && all(group %in% other))), within)
  compare_word("groups within the critical difference", case$name, lapply(largest, sort),
               lapply(printed$groups, function(group) sort(unlist(group))))
}

# `printed`: for each table the pairs of data sets; `directions`: for each data set the verdicts of its pairs of encodings.
check_carry_over <- function(printed, datasets, directions, case) {
  names_of <- sapply(printed$settings, `[[`, "dataset")
  values_of <- function(dataset, encodings) {
    values <- datasets[[dataset]]$values[, encodings]
    values[complete.cases(values), , drop = FALSE]
  }
  with_values <- function(dataset) {
    counts <- colSums(!is.na(datasets[[dataset]]$values))
    names(counts)[counts >= 2]
  }
  for (pair in printed$pairs) {
    sets <- names_of[c(pair$first, pair$second) + 1]
    where <- paste(case$name, sets[1], "and", sets[2])
    encodings <- intersect(with_values(sets[1]), with_values(sets[2]))
    compare_word("order of encodings, which", where, sort(encodings), sort(unlist(pair$encodings)))
    values <- lapply(sets, values_of, encodings)
    n <- min(sapply(values, nrow))
    compare("order of encodings, seeds", where, n, pair$seeds)
    compare("Kendall's tau", where, kendall_of_means(values[[1]], values[[2]]), pair$tau, scale = 1)
    for (side in 1:2) {
      ceiling <- self_agreement(values[[side]])
      compare_simulated("tau of two halves", where, ceiling$value, pair$ceilings[[side]], ceiling$error)
    }
    taus <- kendall_rows(redrawn_means(values[[1]]), redrawn_means(values[[2]]))
    compare_tau_interval(where, taus, pair$interval, n)
    compare_tau_share("p of an order that carries over", where, mean(taus <= 0.5 + 1e-9), pair$p_carried, n)
    compare_tau_share("p of an order that turns", where, mean(taus >= -1e-9), pair$p_turned, n)
    both <- Map(function(first, second) directions[[sets[1]]][[paste(first, second)]] * directions[[sets[2]]][[paste(first, second)]],
                combn(encodings, 2)[1, ], combn(encodings, 2)[2, ])
    compare("pairs of encodings kept", where, sum(both == 1), pair$kept)
    compare("pairs of encodings turned", where, sum(both == -1), pair$turned)
    compare_word("order of encodings, strength", where, strength_of(n, FALSE), pair$strength)
  }
  check_carry_verdicts(printed, case)
  members <- sort(unique(names_of[unlist(lapply(printed$pairs, `[`, c("first", "second"))) + 1]))
  encodings <- Reduce(intersect, lapply(members, with_values))
  if (is.null(printed$mean)) return(compare_word("mean tau is shown", case$name, length(printed$pairs) > 1 && length(encodings) > 2, FALSE))
  values <- sapply(members, values_of, encodings, simplify = FALSE)
  over_pairs <- function(tau) Reduce(`+`, lapply(printed$pairs, function(pair)
    tau(names_of[pair$first + 1], names_of[pair$second + 1]))) / length(printed$pairs)
  compare("mean tau", case$name, over_pairs(function(first, second) kendall_of_means(values[[first]], values[[second]])), printed$mean$tau, scale = 1)
  redrawn <- lapply(values, redrawn_means)
  taus <- over_pairs(function(first, second) kendall_rows(redrawn[[first]], redrawn[[second]]))
  compare_tau_interval(paste(case$name, "mean tau"), taus, printed$mean$interval, min(sapply(values, nrow)))
}

check_carry_verdicts <- function(printed, case) {
  of <- function(key) sapply(printed$pairs, `[[`, key)
  inside <- of("seeds") >= 6
  adjusted <- lapply(c("p_carried", "p_turned"), function(key) {
    p <- of(key)
    p[inside] <- p.adjust(p[inside], "holm")
    Map(compare, paste("Holm adjusted", key), case$name, p, of(paste0("adjusted_", key)))
    p
  })
  word <- ifelse(inside & adjusted[[1]] <= case$alpha, "carries over", ifelse(inside & adjusted[[2]] <= case$alpha, "turns", "not known"))
  Map(compare_word, "verdict on an order", case$name, word, of("verdict"))
}

# An end leaves the tail of the page on its side; of the few values of tau one may hold a share of it.
compare_tau_interval <- function(where, taus, interval, n) {
  tail <- expanded_tail(n)
  if (tail * 100001 < 1) return(compare("interval of tau", where, c(-1, 1), interval))
  error <- sqrt(tail * (1 - tail) * (1 / length(taus) + 1 / 100000)) + 1 / length(taus)
  for (side in 1:2) {
    sign <- c(1, -1)[side]
    end <- sign * interval[[side]]
    within <- min(max(tail, mean(sign * taus < end - 1e-9)), mean(sign * taus <= end + 1e-9))
    compare_simulated("interval of tau", where, within, tail, error)
  }
}

compare_tau_share <- function(kind, where, share, p, n) {
  if (p == 1) return(compare_word(paste(kind, "of 1"), where, share >= 0.48, TRUE))
  printed <- share_of_p(p, n)
  compare_simulated(kind, where, share, printed, sqrt(printed * (1 - printed) * (1 / simulations + 1 / 100000)) + 1 / simulations)
}

check_users <- function(printed, datasets, case) {
  flat <- unlist(lapply(printed, `[[`, "comparisons"), recursive = FALSE)
  adjusted <- sapply(flat, `[[`, "p")
  inside <- sapply(flat, `[[`, "seeds") >= 6
  adjusted[inside] <- p.adjust(adjusted[inside], "holm")
  Map(compare, "other users, Holm adjusted p", case$name, adjusted, lapply(flat, `[[`, "adjusted_p"))
  for (section in printed) for (comparison in section$comparisons) {
    where <- paste(case$name, section$dataset, comparison$encoding)
    users <- datasets[[section$dataset]]$users
    differences <- users[[comparison$encoding]] - users[[case$baseline]]
    crossed <- crossed_variance(differences)
    compare("seeds and users, difference", where, mean(differences), comparison$difference)
    compare("variance of seeds, users and rest", where, unname(crossed$variance), comparison$variance[c("seed", "user", "seed_user")])
    compare("these users, interval", where, student_interval(rowMeans(differences)), comparison$these_users)
    compare("other users, interval", where, crossed$other_users, comparison$other_users)
    compare("other users, p", where, crossed$p, comparison$p)
    compare("half width, twice the seeds", where, crossed$half_width_twice_seeds, comparison$half_width_twice_seeds)
    compare("half width, twice the users", where, crossed$half_width_twice_users, comparison$half_width_twice_users)
  }
}

check_claims <- function(printed, datasets, case) {
  concluded <- lapply(printed, check_claim, datasets, case)
  adjusted <- apply(matrix(sapply(concluded, identity), nrow = 2), 1, p.adjust, "holm")  # [claims, answers]
  adjusted <- matrix(adjusted, ncol = 2)
  for (i in seq_along(printed)) {
    where <- paste(case$name, printed[[i]]$test)
    compare("claims, p", where, min(concluded[[i]]), printed[[i]]$p)
    compare("claims, Holm adjusted p", where, min(adjusted[i, ]), printed[[i]]$adjusted_p)
    answer <- if (adjusted[i, 1] <= case$alpha) "supported" else if (adjusted[i, 2] <= case$alpha) "refuted" else "inconclusive"
    compare_word("claims, answer", where, answer, printed[[i]]$answer)
  }
}

# Returns p of supported and of refuted, Holm over data sets, from the p that were printed for its comparisons.
check_claim <- function(printed, datasets, case) {
  expression <- parse_claim(printed$test)
  of_datasets <- sapply(printed$datasets, function(point) {
    found <- Map(function(comparison, finding) check_finding(finding, comparison, datasets[[point$dataset]], case, point$dataset),
                 comparisons_of(expression), point$findings)
    strengths <- c("weak", "exploratory", "firm")
    present <- strengths %in% sapply(found, `[[`, "strength")
    compare_word("claims, strength on a data set", paste(case$name, printed$test), c(strengths[present], "no verdict")[1], point$strength)
    combined_p(expression, point$findings)
  })
  adjusted <- matrix(apply(of_datasets, 1, p.adjust, "holm"), ncol = 2)
  c(max(adjusted[, 1]), min(adjusted[, 2]))
}

check_finding <- function(printed, comparison, datasets, case, name) {
  where <- paste(case$name, name, printed$text)
  finding <- find_comparison(comparison, datasets)
  compare("comparisons of claims, seeds", where, finding$seeds, printed$seeds)
  compare("comparisons of claims, difference", where, finding$difference, printed$difference, scale = finding$scale)
  searched <- finding$method == "Bonett's interval inverted"
  compare_simulated(paste("comparisons of claims,", finding$method), where, finding$p, printed$p, finding$error, if (searched) 1e-6 else 1e-9)
  compare_word("comparisons of claims, strength", where, finding$strength, printed$strength)
  if (abs(finding$difference) > 1e-9 * finding$scale) compare_word("comparisons of claims, holds", where, unname(finding$holds), printed$holds)
  finding$p <- printed$p
  if (finding$error > 0 && finding$method != "sign flips") finding$power_p <- printed$p
  compare("seeds to be sure", where, more_seeds(finding, case$alpha), printed$more_seeds)
  finding
}

check_case <- function(case) {
  report <- judge(case)
  datasets <- datasets_of(case)
  analysis <- report$analyses[[1]]
  for (section in analysis$datasets)
    for (encoding in section$encodings)
      check_encoding(encoding, datasets[[section$dataset]], case, paste(case$name, section$dataset, encoding$encoding))
  datasets <- datasets[sapply(analysis$datasets, `[[`, "dataset")]
  check_family(lapply(analysis$datasets, `[[`, "against_baseline"), datasets, case, TRUE)
  check_family(lapply(analysis$datasets, `[[`, "pairs"), datasets, case, FALSE)
  if (!is.null(analysis$across)) check_across(analysis$across, datasets, case)
  directions <- lapply(analysis$datasets, function(section) {
    signs <- lapply(section$pairs, function(pair) c(better = 1, worse = -1, undecided = 0)[[pair$direction]])
    setNames(signs, sapply(section$pairs, function(pair) paste(pair$first, pair$second)))
  })
  names(directions) <- sapply(analysis$datasets, `[[`, "dataset")
  for (carry in report$carry_overs) check_carry_over(carry, datasets, directions, case)
  compare_word("orders are compared", case$name, length(datasets) > 1, length(report$carry_overs) > 0)
  check_users(report$users, datasets, case)
  check_claims(report$claims, datasets, case)
}

# ---- All of it

for (case in all_cases()) check_case(case)
kinds <- comparisons$kinds
for (kind in names(kinds)) {
  unit <- if (grepl("simulated", kind)) "standard errors" else "relative"
  cat(sprintf("%-55s %5d compared, largest difference %.2g (%s)\n", kind, kinds[[kind]]$count, kinds[[kind]]$largest, unit))
}
wrong <- Filter(function(kind) length(kind$disagreements) > 0, kinds)
for (kind in names(wrong))
  cat(sprintf("\nDISAGREES: %s, %d of %d, e.g. %s\n", kind, length(wrong[[kind]]$disagreements), wrong[[kind]]$count,
              paste(head(wrong[[kind]]$disagreements, 3), collapse = "\n  ")))
if (disturbing) cat("\ndisturbed, and not found:", paste(setdiff(names(kinds), names(wrong)), collapse = "; "), "\n")
if (length(wrong) == 0) cat("\nall agree\n")
quit(status = if (length(wrong) > 0) 1 else 0)
