use pebench::*;

/// Learned absolute positions: y = x + table[position].
struct @CLASS@ {
    table: Parameter, // [n_positions, D]
}

impl Encoder for @CLASS@ {
    const INFO: Info = Info::new("@NAME@", "0.1.0", ""); // the last is the paper, "arXiv:..."
    const FLAGS: u32 = flags::IS_AFFINE_INPUT; // a claim that `pebench check` puts to the test
    const OPTIONS: &'static [Setting] =
        &[real("init_std", 0.02, 0.0, 10.0, "standard deviation of the initial table")];

    fn create(build: &Build, config: &Config, values: &Values) -> Result<Self> {
        let size = [config.n_positions, config.d_model];
        Ok(@CLASS@ { table: build.normal("table", size, values.real("init_std"))? })
    }
}

// The other hooks are the traits Begin, Rotate, Bias, Value and Output: see encoder.rs of the crate.
impl Input for @CLASS@ {
    /// x [B, L, D] -> [B, L, D]
    fn input(&self, sequence: &Sequence, x: Tensor) -> Result<Tensor> {
        Ok(x + embedding(self.table, sequence.position))
    }
}

pebench::plugin!(@CLASS@);
