# Claims of docs/statistics.md, judged again. Their grammar is R's but for three words, so that R parses them.

parse_claim <- function(test) {
  for (word in list(c("and", "&"), c("or", "|"), c("not", "!"))) test <- gsub(paste0("\\b", word[1], "\\b"), word[2], test)
  parse(text = test, keep.source = FALSE)[[1]]
}

is_comparison <- function(expression) is.call(expression) && as.character(expression[[1]]) %in% c("<", "<=", ">", ">=")

comparisons_of <- function(expression) {
  if (is_comparison(expression)) return(list(expression))
  unlist(lapply(as.list(expression)[-1], comparisons_of), recursive = FALSE)
}

quantities <- c("mean", "sd", "deviation", "cv", "failure_rate")
is_quantity <- function(expression) is.call(expression) && as.character(expression[[1]]) %in% quantities

quantities_of <- function(expression) {
  if (is_quantity(expression)) return(list(list(what = as.character(expression[[1]]), of = as.character(expression[[2]]))))
  if (!is.call(expression)) return(list())
  unlist(lapply(as.list(expression)[-1], quantities_of), recursive = FALSE)
}

# Weights of the quantities ("mean of a" and so on) and a number: NULL where the expression is not linear.
linear_form <- function(expression) {
  if (is.numeric(expression)) return(list(number = expression, weights = numeric()))
  if (is_quantity(expression)) {
    name <- paste(expression[[1]], expression[[2]])
    return(list(number = 0, weights = setNames(1, name)))
  }
  parts <- lapply(as.list(expression)[-1], linear_form)
  if (any(sapply(parts, is.null))) return(NULL)
  scaled <- function(form, factor) list(number = form$number * factor, weights = form$weights * factor)
  added <- function(one, other) {
    names <- union(names(one$weights), names(other$weights))
    weight <- function(form) ifelse(names %in% names(form$weights), form$weights[names], 0)
    list(number = one$number + other$number, weights = setNames(weight(one) + weight(other), names))
  }
  is_number <- function(form) length(form$weights) == 0
  operator <- as.character(expression[[1]])
  if (operator == "(") return(parts[[1]])
  if (operator == "-" && length(parts) == 1) return(scaled(parts[[1]], -1))
  if (operator == "-") return(added(parts[[1]], scaled(parts[[2]], -1)))
  if (operator == "+") return(added(parts[[1]], parts[[2]]))
  if (operator == "*" && is_number(parts[[1]])) return(scaled(parts[[2]], parts[[1]]$number))
  if (operator == "*" && is_number(parts[[2]])) return(scaled(parts[[1]], parts[[2]]$number))
  if (operator == "/" && is_number(parts[[2]])) return(scaled(parts[[1]], 1 / parts[[2]]$number))
  NULL
}

# `samples`: for each encoding the values and failures (0 or 1) of the seeds that are used.
value_of <- function(expression, samples) {
  if (is.numeric(expression)) return(expression)
  if (is_quantity(expression)) {
    sample <- samples[[as.character(expression[[2]])]]
    x <- sample$values
    return(switch(as.character(expression[[1]]), mean = mean(x), sd = sd(x), deviation = mean_deviation(x),
                  cv = sd(x) / mean(x), failure_rate = mean(sample$failures)))
  }
  do.call(as.character(expression[[1]]), lapply(as.list(expression)[-1], value_of, samples))
}

# The seeds on which all quantities have a value; encodings that share fewer than two keep their own.
samples_of <- function(comparison, dataset) {
  used <- unlist(lapply(as.list(comparison)[-1], quantities_of), recursive = FALSE)
  encodings <- unique(sapply(used, `[[`, "of"))
  usable <- sapply(encodings, function(encoding) {
    of_encoding <- sapply(Filter(function(quantity) quantity$of == encoding, used), `[[`, "what")
    known <- dataset$measured[, encoding] | dataset$failed[, encoding]
    if (any(of_encoding != "failure_rate")) known & !is.na(dataset$values[, encoding]) else known
  })
  common <- rowSums(!usable) == 0
  paired <- sum(common) >= 2
  samples <- lapply(setNames(encodings, encodings), function(encoding) {
    rows <- if (paired) common else usable[, encoding]
    list(values = dataset$values[rows, encoding], failures = as.numeric(dataset$failed[rows, encoding]))
  })
  list(samples = samples, paired = paired || length(encodings) == 1, what = unique(sapply(used, `[[`, "what")),
       n = min(sapply(samples, function(sample) length(sample$values))))
}

averaged <- c("mean", "failure_rate")

# a / b < 2 as a < 2 b, where b is above 0.
without_quotient <- function(comparison, used) {
  is_quotient <- function(term, number)
    is.call(term) && as.character(term[[1]]) == "/" && is.numeric(number) && !is.numeric(term[[3]]) &&
      isTRUE(value_of(term[[3]], used$samples) > 0)
  left <- comparison[[2]]
  right <- comparison[[3]]
  if (is_quotient(left, right)) return(call(as.character(comparison[[1]]), left[[2]], call("*", right, left[[3]])))
  if (is_quotient(right, left)) return(call(as.character(comparison[[1]]), call("*", left, right[[3]]), right[[2]]))
  comparison
}

# p of left - right = 0, by the table "How a comparison is tested"; `power_p` is the one that tells how many seeds it would take.
test_comparison <- function(written, used) {
  comparison <- without_quotient(written, used)
  difference <- call("-", comparison[[2]], comparison[[3]])
  estimate <- value_of(difference, used$samples)
  form <- linear_form(difference)
  exactly <- function(p, method) list(p = p, error = 0, power_p = p, method = method)
  if (!is.null(form)) {
    form$weights <- form$weights[form$weights != 0]
    what <- sub(" .*", "", names(form$weights))
    of <- sub(".* ", "", names(form$weights))
    values <- lapply(seq_along(of), function(i)
      if (what[i] == "failure_rate") used$samples[[of[i]]]$failures else used$samples[[of[i]]]$values)
    weighted <- Map(`*`, values, form$weights)
    number <- -form$number / form$weights[1]
    if (length(of) == 1 && what == "mean") return(exactly(student_p(values[[1]], number), "Student's t"))
    if (length(of) == 1 && what == "sd" && used$n >= 5 && number > 0)
      return(exactly(bonett_p(values[[1]], number), "Bonett's interval inverted"))
    if (length(of) == 1 && what == "failure_rate")
      return(exactly(binomial_p(sum(values[[1]]), length(values[[1]]), number), "binomial"))
    if (all(what %in% averaged) && used$paired) {
      per_seed <- Reduce(`+`, weighted) + form$number
      flips <- sign_flip(per_seed)
      return(c(flips, list(power_p = student_p(per_seed), method = "sign flips")))
    }
    if (all(what %in% averaged) && length(of) == 2) {
      permutation <- label_permutation(weighted[[1]] + form$number, -weighted[[2]])
      return(c(permutation, list(power_p = permutation$p, method = "permutation of labels")))
    }
    if (length(of) == 2 && what[1] == what[2] && what[1] %in% c("sd", "deviation", "cv") && form$number == 0 &&
        prod(sign(form$weights)) < 0 && (what[1] != "cv" || all(sapply(values, mean) > 0))) {
      if (what[1] == "cv") values <- lapply(values, function(x) x / mean(x))
      first <- values[[1]] * abs(form$weights[1])
      second <- values[[2]] * abs(form$weights[2])
      if (what[1] != "deviation" && (sd(first) - sd(second)) * (mean_deviation(first) - mean_deviation(second)) <= 0)
        return(exactly(1, "exchanges"))
      exchange <- exchange_test(first, second, used$paired)
      return(c(exchange, list(power_p = exchange$p, method = "exchanges")))
    }
  }
  if (!used$paired || used$n < 3) return(exactly(1, "none"))
  without <- function(seed)
    value_of(difference, lapply(used$samples, function(sample) lapply(sample, `[`, -seed)))
  exactly(jackknife_p(without, used$n, estimate), "jackknife")
}

strength_of <- function(n, about_stability) {
  if (about_stability) return(if (n < 10) "no verdict" else if (n < 20) "exploratory" else "firm")
  if (n < 6) "no verdict" else if (n < 10) "weak" else "firm"
}

find_comparison <- function(comparison, dataset) {
  used <- samples_of(comparison, dataset)
  difference <- value_of(call("-", comparison[[2]], comparison[[3]]), used$samples)
  wants_more <- as.character(comparison[[1]]) %in% c(">", ">=")
  stability <- any(used$what != "mean")
  test <- test_comparison(comparison, used)
  strength <- strength_of(used$n, stability)
  if (test$method == "jackknife" && strength != "no verdict") strength <- "weak"
  if (strength == "no verdict") test[c("p", "error")] <- list(1, 0)
  scale <- max(1e-3, sapply(used$samples, function(sample) max(abs(sample$values))))
  list(seeds = used$n, difference = difference, scale = scale, p = test$p, error = test$error, method = test$method, power_p = test$power_p,
       strength = strength, holds = if (wants_more) difference > 0 else difference < 0, stability = stability)
}

# The seeds that a verdict, or a firm one, would take: NULL where none or too many.
more_seeds <- function(finding, alpha) {
  least <- if (finding$stability) 10 else 6
  firm <- if (finding$stability) 20 else 10
  if (finding$p <= alpha) return(if (finding$strength == "firm" || finding$method == "jackknife") NULL else firm)
  needed <- max(seeds_for_power(finding$seeds, finding$power_p, alpha), least, finding$seeds + 1)
  if (needed > 10000) NULL else needed
}

# p of supported and of refuted (Kleene's logic, intersection-union and Bonferroni) from those of the comparisons, in their order.
combined_p <- function(expression, findings) {
  next_finding <- 0
  walk <- function(expression) {
    if (is_comparison(expression)) {
      next_finding <<- next_finding + 1
      finding <- findings[[next_finding]]
      return(if (finding$holds) c(finding$p, 1) else c(1, finding$p))
    }
    operator <- as.character(expression[[1]])
    if (operator == "(") return(walk(expression[[2]]))
    if (operator == "!") return(rev(walk(expression[[2]])))
    parts <- sapply(operands(expression, operator), walk)
    of_all <- function(p) max(p)
    of_any <- function(p) min(1, length(p) * min(p))
    if (operator == "&") c(of_all(parts[1, ]), of_any(parts[2, ])) else c(of_any(parts[1, ]), of_all(parts[2, ]))
  }
  walk(expression)
}

# a and b and c are three, where R parses (a and b) and c.
operands <- function(expression, operator) {
  if (is.call(expression) && as.character(expression[[1]]) == operator)
    return(c(operands(expression[[2]], operator), operands(expression[[3]], operator)))
  list(expression)
}
