//! Disentangled attention: He, Liu, Gao and Chen 2021, "DeBERTa: decoding-enhanced BERT with disentangled attention",
//! arXiv:2006.03654, equations 3 and 4. Content attends to position and position to content:
//!
//!   logit_ij = (q_i . k_j + q_i . Kr_d(i,j) + k_j . Qr_d(j,i)) / sqrt(3 h)
//!   d(i,j)   = clamp(i - j + r, 0, 2r - 1)                    r = max_distance
//!   Kr = P Wk, Qr = P Wq                                      P [2r, D], Wk and Wq [D, D] in every layer
//!
//! The host computes q . k / sqrt(h); rotate() divides q by sqrt(3), bias() adds the other two terms.
use pebench::*;

struct Disentangled {
    max_distance: i64,
    table: Parameter,                         // P
    projections: Vec<(Parameter, Parameter)>, // Wk and Wq of each site
}

impl Encoder for Disentangled {
    const INFO: Info = Info::new("disentangled_rust", "1.0.0", "arXiv:2006.03654").named("Disentangled attention");
    const FLAGS: u32 = flags::IS_SHIFT_INVARIANT | flags::IS_EXTRAPOLATING;
    const OPTIONS: &'static [Setting] = &[
        integer("max_distance", 8, 1, 4096, "positions farther apart share an embedding"),
        real("init_std", 0.02, 0.0, 10.0, "standard deviation of the initial embeddings"),
    ];

    fn create(build: &Build, config: &Config, values: &Values) -> Result<Self> {
        let max_distance = values.integer("max_distance");
        let width = config.d_model;
        let projection = |site, kind| build.xavier(&format!("layer{site}.{kind}"), [width, width], 1.0);
        Ok(Disentangled {
            max_distance,
            table: build.normal("table", [2 * max_distance, width], values.real("init_std"))?,
            projections: (0..config.n_sites)
                .map(|site| Ok((projection(site, "key")?, projection(site, "query")?)))
                .collect::<Result<_>>()?,
        })
    }
}

impl Rotate for Disentangled {
    fn rotate(&self, _site: &Site, q: Tensor, k: Tensor) -> Result<(Tensor, Tensor)> {
        Ok((q / 3f64.sqrt(), k))
    }
}

impl Bias for Disentangled {
    /// -> [B, H, Lq, Lk]. q has been divided by sqrt(3), k has not.
    fn bias(&self, site: &Site) -> Result<Tensor> {
        let (key, query) = self.projections[site.layer as usize];
        let by_head = |projection| matmul(self.table, projection).reshape([-1, site.heads, site.head_width]);
        let to_position = einsum("bhqd,rhd->bhqr", &[site.q, by_head(key)]);
        let from_position = einsum("bhkd,rhd->bhkr", &[site.k, by_head(query)]) / 3f64.sqrt();
        let relative = site.relative_position()?; // j - i
        let from_key = self.index(relative.permute([0, 1, 3, 2]));
        let sum =
            to_position.gather(3, self.index(-relative)) + from_position.gather(3, from_key).permute([0, 1, 3, 2]);
        Ok(sum * site.scale)
    }
}

impl Disentangled {
    /// Differences of positions, I64 -> rows of the table
    fn index(&self, difference: Tensor) -> Tensor {
        let reach = self.max_distance as f64;
        (difference + reach).clamp(0.0, 2.0 * reach - 1.0)
    }
}

pebench::plugin!(Disentangled);
