CREATE TABLE payment (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	intent TEXT, 
	charge TEXT, 
	created BIGINT NOT NULL, 
	badge TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	milli BIGINT NOT NULL, 
	refunded BIGINT NOT NULL, 
	failed_refunds BIGINT NOT NULL, 
	customer TEXT, 
	name TEXT, 
	email TEXT, 
	method TEXT NOT NULL, 
	brand TEXT, 
	last4 TEXT, 
	country TEXT, 
	risk_level TEXT, 
	actor TEXT, 
	expires_at BIGINT, 
	version BIGINT NOT NULL, 
	search TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id)
)
;
CREATE INDEX ix_payment_email ON payment (lower(email), created, seq)
;
CREATE INDEX ix_payment_method ON payment (method, created, seq)
;
CREATE INDEX ix_payment_charge ON payment (charge)
;
CREATE INDEX ix_payment_customer ON payment (customer)
;
CREATE INDEX ix_payment_country ON payment (country, created, seq)
;
CREATE INDEX ix_payment_badge ON payment (badge, created, seq)
;
CREATE INDEX ix_payment_brand ON payment (brand, created, seq)
;
CREATE INDEX ix_payment_last4 ON payment (last4, created, seq)
;
CREATE INDEX ix_payment_risk ON payment (risk_level, created, seq)
;
CREATE INDEX ix_payment_created ON payment (created, seq)
;
CREATE INDEX ix_payment_milli ON payment (milli, seq)
;
CREATE TABLE badge_count (
	badge TEXT NOT NULL, 
	number BIGINT NOT NULL, 
	PRIMARY KEY (badge)
)
;
CREATE TABLE meta (
	key TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (key)
)
;
CREATE TABLE event (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	type TEXT NOT NULL, 
	object_id TEXT NOT NULL, 
	payment TEXT, 
	created BIGINT NOT NULL, 
	actor TEXT NOT NULL, 
	face TEXT NOT NULL, 
	request TEXT, 
	key TEXT, 
	data TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	prev_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id)
)
;
CREATE INDEX ix_event_created ON event (created, seq)
;
CREATE INDEX ix_event_object_id ON event (object_id)
;
CREATE INDEX ix_event_payment ON event (payment, seq)
;
CREATE TABLE idempotency (
	key TEXT NOT NULL, 
	command TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	PRIMARY KEY (key)
)
;
CREATE TABLE due (
	seq BIGSERIAL NOT NULL, 
	at BIGINT NOT NULL, 
	deed TEXT NOT NULL, 
	object_id TEXT NOT NULL, 
	PRIMARY KEY (seq)
)
;
CREATE INDEX ix_due_object_id ON due (object_id)
;
CREATE INDEX ix_due_at ON due (at, seq)
;
CREATE TABLE balance_transaction (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	type TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	fee BIGINT NOT NULL, 
	net BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	available_on BIGINT NOT NULL, 
	status TEXT NOT NULL, 
	source TEXT, 
	description TEXT, 
	reporting_category TEXT, 
	exchange_rate TEXT, 
	holder TEXT, 
	details TEXT NOT NULL, 
	imported BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id)
)
;
CREATE INDEX ix_movement_due ON balance_transaction (status, available_on)
;
CREATE INDEX ix_balance_transaction_source ON balance_transaction (source)
;
CREATE INDEX ix_movement_created ON balance_transaction (created, seq)
;
CREATE TABLE topup (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	actor TEXT, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_topup_amount CHECK (amount > 0), 
	UNIQUE (id)
)
;
CREATE TABLE account (
	id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	holder TEXT, 
	debits BIGINT NOT NULL, 
	credits BIGINT NOT NULL, 
	PRIMARY KEY (id)
)
;
CREATE TABLE transfer_reversal (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	"of" TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	charge TEXT NOT NULL, 
	refund TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_transfer_reversal_amount CHECK (amount > 0), 
	UNIQUE (id)
)
;
CREATE INDEX ix_transfer_reversal_charge ON transfer_reversal (charge)
;
CREATE INDEX ix_transfer_reversal_refund ON transfer_reversal (refund)
;
CREATE TABLE fee_refund (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	"of" TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	charge TEXT NOT NULL, 
	refund TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_fee_refund_amount CHECK (amount > 0), 
	UNIQUE (id)
)
;
CREATE INDEX ix_fee_refund_refund ON fee_refund (refund)
;
CREATE INDEX ix_fee_refund_charge ON fee_refund (charge)
;
CREATE TABLE customer (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	name TEXT, 
	email TEXT, 
	created BIGINT, 
	details TEXT NOT NULL, 
	imported BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id)
)
;
CREATE INDEX ix_customer_created ON customer (coalesce(created, 0), seq)
;
CREATE TABLE payment_intent (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	capturable BIGINT NOT NULL, 
	received BIGINT NOT NULL, 
	capture_method TEXT NOT NULL, 
	cancellation_reason TEXT, 
	cancel_note TEXT, 
	canceled_at BIGINT, 
	latest_charge TEXT, 
	customer TEXT, 
	description TEXT, 
	payment_method TEXT, 
	method_types TEXT NOT NULL, 
	receipt_email TEXT, 
	details TEXT NOT NULL, 
	imported BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_intent_amount CHECK (amount >= 0), 
	CONSTRAINT ck_intent_capturable CHECK (capturable BETWEEN 0 AND amount), 
	UNIQUE (id)
)
;
CREATE INDEX ix_payment_intent_customer ON payment_intent (customer)
;
CREATE INDEX ix_intent_created ON payment_intent (created, seq)
;
CREATE INDEX ix_payment_intent_latest_charge ON payment_intent (latest_charge)
;
CREATE TABLE charge (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	captured BIGINT NOT NULL, 
	amount_captured BIGINT NOT NULL, 
	amount_refunded BIGINT NOT NULL, 
	refunded_elsewhere BIGINT NOT NULL, 
	reported_refunded BIGINT NOT NULL, 
	disputed BIGINT NOT NULL, 
	payment_intent TEXT, 
	customer TEXT, 
	name TEXT, 
	email TEXT, 
	receipt_email TEXT, 
	description TEXT, 
	failure_code TEXT, 
	failure_message TEXT, 
	outcome_type TEXT, 
	risk_level TEXT, 
	balance_transaction TEXT, 
	settlement_amount BIGINT, 
	settlement_currency TEXT, 
	fee_amount BIGINT, 
	connect_type TEXT, 
	connected_account TEXT, 
	on_behalf_of TEXT, 
	transfer TEXT, 
	transfer_amount BIGINT, 
	transfer_currency TEXT, 
	transfer_reversed BIGINT NOT NULL, 
	application_fee TEXT, 
	application_fee_amount BIGINT, 
	application_fee_currency TEXT, 
	application_fee_refunded BIGINT NOT NULL, 
	exchange_rate TEXT, 
	available_on BIGINT, 
	capture_before BIGINT, 
	captured_at BIGINT, 
	test_behaviour TEXT, 
	method_type TEXT NOT NULL, 
	brand TEXT, 
	last4 TEXT, 
	fingerprint TEXT, 
	exp_month BIGINT, 
	exp_year BIGINT, 
	method TEXT NOT NULL, 
	details TEXT NOT NULL, 
	imported BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_charge_amount CHECK (amount >= 0), 
	CONSTRAINT ck_charge_captured CHECK (amount_captured BETWEEN 0 AND amount), 
	CONSTRAINT ck_charge_refunded CHECK (amount_refunded BETWEEN 0 AND amount_captured), 
	CONSTRAINT ck_charge_elsewhere CHECK (refunded_elsewhere BETWEEN 0 AND amount), 
	CONSTRAINT ck_charge_transfer CHECK (coalesce(transfer_amount, 1) > 0), 
	CONSTRAINT ck_charge_application_fee CHECK (coalesce(application_fee_amount, 1) > 0), 
	UNIQUE (id)
)
;
CREATE INDEX ix_charge_last4 ON charge (last4)
;
CREATE INDEX ix_charge_fingerprint ON charge (fingerprint)
;
CREATE INDEX ix_charge_payment_intent ON charge (payment_intent)
;
CREATE INDEX ix_charge_customer ON charge (customer)
;
CREATE INDEX ix_charge_created ON charge (created, seq)
;
CREATE TABLE dispute (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	charge TEXT, 
	payment_intent TEXT, 
	reason TEXT, 
	refundable BIGINT NOT NULL, 
	details TEXT NOT NULL, 
	imported BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id)
)
;
CREATE INDEX ix_dispute_charge ON dispute (charge)
;
CREATE INDEX ix_dispute_created ON dispute (created, seq)
;
CREATE TABLE outbox (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	refund TEXT NOT NULL, 
	recipient TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	number TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	actor TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempts BIGINT NOT NULL, 
	due BIGINT, 
	sent BIGINT, 
	error TEXT, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_outbox_sent CHECK ((state = 'sent') = (sent IS NOT NULL)), 
	CONSTRAINT ck_outbox_attempts CHECK (attempts >= 0), 
	UNIQUE (id)
)
;
CREATE INDEX ix_outbox_created ON outbox (created, seq)
;
CREATE INDEX ix_outbox_due ON outbox (state, due)
;
CREATE INDEX ix_outbox_refund ON outbox (refund, seq)
;
CREATE INDEX ix_outbox_number ON outbox (number)
;
CREATE TABLE refund (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	status TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	charge TEXT, 
	payment_intent TEXT, 
	settlement_amount BIGINT, 
	settlement_currency TEXT, 
	holder TEXT, 
	reverse_transfer BIGINT NOT NULL, 
	refund_application_fee BIGINT NOT NULL, 
	transfer_reversal TEXT, 
	reason TEXT, 
	note TEXT, 
	pending_reason TEXT, 
	failure_reason TEXT, 
	destination_type TEXT, 
	destination_kind TEXT, 
	reference TEXT, 
	reference_status TEXT, 
	reference_type TEXT, 
	network_decline_code TEXT, 
	balance_transaction TEXT, 
	failure_balance_transaction TEXT, 
	instructions_email TEXT, 
	expires_at BIGINT, 
	receipt_number TEXT, 
	actor TEXT, 
	key TEXT, 
	details TEXT NOT NULL, 
	imported BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_refund_amount CHECK (amount > 0), 
	CONSTRAINT ck_refund_pending CHECK (imported = 1 OR (status = 'pending') = (pending_reason IS NOT NULL)), 
	CONSTRAINT ck_refund_failure CHECK (imported = 1 OR (status IN ('failed', 'canceled')) = (failure_reason IS NOT NULL)), 
	CONSTRAINT ck_refund_note CHECK (coalesce(reason, '') <> 'other' OR length(trim(coalesce(note, ''))) > 0), 
	CONSTRAINT ck_refund_imported CHECK (imported IN (0, 1)), 
	UNIQUE (id), 
	UNIQUE (key)
)
;
CREATE INDEX ix_refund_status ON refund (status, seq)
;
CREATE INDEX ix_refund_waiting ON refund (pending_reason, seq)
;
CREATE INDEX ix_refund_reference ON refund (reference)
;
CREATE INDEX ix_refund_charge ON refund (charge, seq)
;
CREATE INDEX ix_refund_payment_intent ON refund (payment_intent)
;
CREATE INDEX ix_refund_created ON refund (created, seq)
;
CREATE TABLE transition (
	kind TEXT NOT NULL, 
	src TEXT NOT NULL, 
	dst TEXT NOT NULL, 
	PRIMARY KEY (kind, src, dst)
)
;
CREATE TABLE block_list (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	actor TEXT NOT NULL, 
	refund TEXT, 
	lifted BIGINT, 
	lifted_by TEXT, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_block_kind CHECK (kind IN ('card_fingerprint', 'email')), 
	CONSTRAINT ck_block_lifted CHECK ((lifted IS NULL) = (lifted_by IS NULL)), 
	UNIQUE (id)
)
;
CREATE INDEX ix_block_created ON block_list (created, seq)
;
CREATE UNIQUE INDEX ix_block_standing ON block_list (kind, value) WHERE lifted IS NULL
;
CREATE TABLE review (
	seq BIGSERIAL NOT NULL, 
	id TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	charge TEXT, 
	payment_intent TEXT, 
	opened TEXT NOT NULL, 
	closed TEXT, 
	details TEXT NOT NULL, 
	imported BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id)
)
;
CREATE INDEX ix_review_created ON review (created, seq)
;
CREATE INDEX ix_review_charge ON review (charge)
;
CREATE TABLE tag (
	key TEXT NOT NULL, 
	value TEXT NOT NULL, 
	object_id TEXT NOT NULL, 
	PRIMARY KEY (key, value, object_id)
)
;
CREATE INDEX ix_tag_object_id ON tag (object_id)
;
CREATE TABLE posting (
	seq BIGSERIAL NOT NULL, 
	code TEXT NOT NULL, 
	debit TEXT NOT NULL, 
	credit TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	source TEXT NOT NULL, 
	created BIGINT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_posting_amount CHECK (amount > 0), 
	CONSTRAINT ck_posting_sides CHECK (debit <> credit), 
	FOREIGN KEY(debit) REFERENCES account (id), 
	FOREIGN KEY(credit) REFERENCES account (id)
)
;
CREATE INDEX ix_posting_source ON posting (source)
;
CREATE INDEX ix_payment_search ON payment USING gin (search {trigrams}.gin_trgm_ops) WITH (fastupdate = off)
;
INSERT INTO transition (kind, src, dst) VALUES ('charge', 'pending', 'failed'), ('charge', 'pending', 'succeeded'), ('dispute', 'needs_response', 'lost'), ('dispute', 'needs_response', 'under_review'), ('dispute', 'needs_response', 'won'), ('dispute', 'under_review', 'lost'), ('dispute', 'under_review', 'won'), ('dispute', 'warning_needs_response', 'needs_response'), ('dispute', 'warning_needs_response', 'warning_closed'), ('dispute', 'warning_needs_response', 'warning_under_review'), ('dispute', 'warning_under_review', 'needs_response'), ('dispute', 'warning_under_review', 'warning_closed'), ('payment_intent', 'processing', 'canceled'), ('payment_intent', 'processing', 'requires_capture'), ('payment_intent', 'processing', 'requires_payment_method'), ('payment_intent', 'processing', 'succeeded'), ('payment_intent', 'requires_action', 'canceled'), ('payment_intent', 'requires_action', 'processing'), ('payment_intent', 'requires_action', 'requires_capture'), ('payment_intent', 'requires_action', 'requires_confirmation'), ('payment_intent', 'requires_action', 'requires_payment_method'), ('payment_intent', 'requires_action', 'succeeded'), ('payment_intent', 'requires_capture', 'canceled'), ('payment_intent', 'requires_capture', 'succeeded'), ('payment_intent', 'requires_confirmation', 'canceled'), ('payment_intent', 'requires_confirmation', 'processing'), ('payment_intent', 'requires_confirmation', 'requires_action'), ('payment_intent', 'requires_confirmation', 'requires_capture'), ('payment_intent', 'requires_confirmation', 'requires_payment_method'), ('payment_intent', 'requires_confirmation', 'succeeded'), ('payment_intent', 'requires_payment_method', 'canceled'), ('payment_intent', 'requires_payment_method', 'processing'), ('payment_intent', 'requires_payment_method', 'requires_action'), ('payment_intent', 'requires_payment_method', 'requires_capture'), ('payment_intent', 'requires_payment_method', 'requires_confirmation'), ('payment_intent', 'requires_payment_method', 'succeeded'), ('refund', 'pending', 'canceled'), ('refund', 'pending', 'failed'), ('refund', 'pending', 'requires_action'), ('refund', 'pending', 'succeeded'), ('refund', 'requires_action', 'canceled'), ('refund', 'requires_action', 'failed'), ('refund', 'requires_action', 'pending'), ('refund', 'succeeded', 'canceled'), ('refund', 'succeeded', 'failed'), ('review', 'open', 'closed'), ('topup', 'pending', 'canceled'), ('topup', 'pending', 'failed'), ('topup', 'pending', 'succeeded'), ('topup', 'succeeded', 'reversed')
;
INSERT INTO badge_count (badge, number) VALUES ('succeeded', 0), ('partial_refund', 0), ('refunded', 0), ('reversed', 0), ('partially_reversed', 0), ('refund_held', 0), ('refund_processing', 0), ('refund_waits_for_charge', 0), ('refund_needs_customer', 0), ('refund_failed', 0), ('uncaptured', 0), ('processing', 0), ('incomplete', 0), ('canceled', 0), ('expired', 0), ('failed', 0), ('blocked', 0), ('dispute_needs_response', 0), ('dispute_under_review', 0), ('dispute_won', 0), ('dispute_lost', 0)
;
CREATE FUNCTION refund_bi() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
PERFORM 1 FROM charge WHERE id = NEW.charge FOR UPDATE;
IF EXISTS (SELECT 1 FROM refund WHERE id = NEW.id OR seq = NEW.seq OR key = NEW.key) THEN RAISE EXCEPTION 'exists' USING ERRCODE = 'check_violation'; END IF;
IF NEW.imported = 0 AND NOT EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND captured = 1 AND (status = 'succeeded' OR (status = 'pending' AND NEW.pending_reason = 'charge_pending'))) THEN RAISE EXCEPTION 'charge_not_refundable' USING ERRCODE = 'check_violation'; END IF;
IF EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND currency <> NEW.currency) THEN RAISE EXCEPTION 'currency_mismatch' USING ERRCODE = 'check_violation'; END IF;
IF NOT (NEW.status IN ('canceled', 'failed')) AND EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND greatest(reported_refunded, (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1) + CASE WHEN NEW.imported = 1 THEN NEW.amount ELSE 0 END) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed')) - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1) + CASE WHEN NEW.imported = 1 THEN 0 ELSE NEW.amount END > amount_captured) THEN RAISE EXCEPTION 'exceeds_remaining' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER refund_bi BEFORE INSERT ON refund FOR EACH ROW EXECUTE FUNCTION refund_bi()
;
CREATE FUNCTION refund_ai() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
PERFORM 1 FROM charge WHERE id = NEW.charge FOR UPDATE;
UPDATE charge SET refunded_elsewhere = greatest(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1)), amount_refunded = greatest(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed')) WHERE id = NEW.charge;
RETURN NEW;
END $$
;
CREATE TRIGGER refund_ai AFTER INSERT ON refund FOR EACH ROW EXECUTE FUNCTION refund_ai()
;
CREATE FUNCTION refund_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF NEW.id IS DISTINCT FROM OLD.id OR NEW.seq IS DISTINCT FROM OLD.seq OR NEW.amount IS DISTINCT FROM OLD.amount OR NEW.currency IS DISTINCT FROM OLD.currency OR NEW.settlement_currency IS DISTINCT FROM OLD.settlement_currency OR NEW.charge IS DISTINCT FROM OLD.charge OR NEW.payment_intent IS DISTINCT FROM OLD.payment_intent OR NEW.created IS DISTINCT FROM OLD.created OR NEW.reason IS DISTINCT FROM OLD.reason OR NEW.note IS DISTINCT FROM OLD.note OR NEW.imported IS DISTINCT FROM OLD.imported OR NEW.key IS DISTINCT FROM OLD.key OR NEW.actor IS DISTINCT FROM OLD.actor THEN RAISE EXCEPTION 'immutable' USING ERRCODE = 'check_violation'; END IF;
IF NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'refund' AND src = OLD.status AND dst = NEW.status) AND NOT (NEW.imported = 1 AND OLD.status IN ('pending', 'requires_action')) THEN RAISE EXCEPTION 'illegal_transition' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER refund_bu BEFORE UPDATE ON refund FOR EACH ROW EXECUTE FUNCTION refund_bu()
;
CREATE FUNCTION refund_au() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
PERFORM 1 FROM charge WHERE id = NEW.charge FOR UPDATE;
UPDATE charge SET refunded_elsewhere = greatest(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1)), amount_refunded = greatest(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.charge AND status NOT IN ('canceled', 'failed')) WHERE id = NEW.charge;
RETURN NEW;
END $$
;
CREATE TRIGGER refund_au AFTER UPDATE OF status ON refund FOR EACH ROW EXECUTE FUNCTION refund_au()
;
CREATE FUNCTION refund_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'refund rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER refund_bd BEFORE DELETE ON refund FOR EACH ROW EXECUTE FUNCTION refund_bd()
;
CREATE TRIGGER refund_bt BEFORE TRUNCATE ON refund EXECUTE FUNCTION refund_bd()
;
CREATE FUNCTION transition_bi() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'transition rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER transition_bi BEFORE INSERT ON transition FOR EACH ROW EXECUTE FUNCTION transition_bi()
;
CREATE FUNCTION transition_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'transition rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER transition_bu BEFORE UPDATE ON transition FOR EACH ROW EXECUTE FUNCTION transition_bu()
;
CREATE FUNCTION transition_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'transition rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER transition_bd BEFORE DELETE ON transition FOR EACH ROW EXECUTE FUNCTION transition_bd()
;
CREATE TRIGGER transition_bt BEFORE TRUNCATE ON transition EXECUTE FUNCTION transition_bd()
;
CREATE FUNCTION charge_bi() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF EXISTS (SELECT 1 FROM charge WHERE id = NEW.id OR seq = NEW.seq) THEN RAISE EXCEPTION 'exists' USING ERRCODE = 'check_violation'; END IF;
IF NEW.amount_refunded <> 0 THEN RAISE EXCEPTION 'derived' USING ERRCODE = 'check_violation'; END IF;
IF greatest(0, NEW.reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) > NEW.amount_captured THEN RAISE EXCEPTION 'exceeds_captured' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER charge_bi BEFORE INSERT ON charge FOR EACH ROW EXECUTE FUNCTION charge_bi()
;
CREATE FUNCTION charge_ai() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
UPDATE charge SET refunded_elsewhere = greatest(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)), amount_refunded = greatest(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) WHERE id = NEW.id;
RETURN NEW;
END $$
;
CREATE TRIGGER charge_ai AFTER INSERT ON charge FOR EACH ROW EXECUTE FUNCTION charge_ai()
;
CREATE FUNCTION charge_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF NEW.id IS DISTINCT FROM OLD.id OR NEW.seq IS DISTINCT FROM OLD.seq OR NEW.currency IS DISTINCT FROM OLD.currency OR NEW.imported IS DISTINCT FROM OLD.imported OR (NEW.amount IS DISTINCT FROM OLD.amount AND NOT (OLD.imported = 1 AND OLD.amount_captured = 0 AND NEW.amount > OLD.amount)) THEN RAISE EXCEPTION 'immutable' USING ERRCODE = 'check_violation'; END IF;
IF NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'charge' AND src = OLD.status AND dst = NEW.status) AND NOT NEW.imported = 1 THEN RAISE EXCEPTION 'illegal_transition' USING ERRCODE = 'check_violation'; END IF;
IF OLD.imported = 0 AND ((OLD.transfer IS NOT NULL AND (NEW.transfer IS DISTINCT FROM OLD.transfer OR NEW.transfer_amount IS DISTINCT FROM OLD.transfer_amount OR NEW.transfer_currency IS DISTINCT FROM OLD.transfer_currency)) OR (OLD.application_fee IS NOT NULL AND (NEW.application_fee IS DISTINCT FROM OLD.application_fee OR NEW.application_fee_amount IS DISTINCT FROM OLD.application_fee_amount OR NEW.application_fee_currency IS DISTINCT FROM OLD.application_fee_currency))) THEN RAISE EXCEPTION 'shared_is_frozen' USING ERRCODE = 'check_violation'; END IF;
IF (OLD.amount_captured > 0 AND NEW.amount_captured <> OLD.amount_captured) OR (OLD.captured = 1 AND NEW.captured = 0) THEN RAISE EXCEPTION 'captured_is_frozen' USING ERRCODE = 'check_violation'; END IF;
IF greatest(0, NEW.reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) > NEW.amount_captured THEN RAISE EXCEPTION 'exceeds_captured' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER charge_bu BEFORE UPDATE ON charge FOR EACH ROW EXECUTE FUNCTION charge_bu()
;
CREATE FUNCTION charge_derived() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF NEW.amount_refunded <> greatest(0, NEW.reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) OR NEW.refunded_elsewhere <> greatest(0, NEW.reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) THEN RAISE EXCEPTION 'derived' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER charge_derived BEFORE UPDATE OF amount_refunded, refunded_elsewhere ON charge FOR EACH ROW EXECUTE FUNCTION charge_derived()
;
CREATE FUNCTION charge_reported() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
UPDATE charge SET refunded_elsewhere = greatest(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)), amount_refunded = greatest(0, reported_refunded - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed') AND imported = 1)) + (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge = NEW.id AND status NOT IN ('canceled', 'failed')) WHERE id = NEW.id;
RETURN NEW;
END $$
;
CREATE TRIGGER charge_reported AFTER UPDATE OF reported_refunded, amount_captured ON charge FOR EACH ROW EXECUTE FUNCTION charge_reported()
;
CREATE FUNCTION charge_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'charge rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER charge_bd BEFORE DELETE ON charge FOR EACH ROW EXECUTE FUNCTION charge_bd()
;
CREATE TRIGGER charge_bt BEFORE TRUNCATE ON charge EXECUTE FUNCTION charge_bd()
;
CREATE FUNCTION payment_intent_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF NEW.id IS DISTINCT FROM OLD.id OR NEW.seq IS DISTINCT FROM OLD.seq OR NEW.currency IS DISTINCT FROM OLD.currency OR NEW.imported IS DISTINCT FROM OLD.imported THEN RAISE EXCEPTION 'immutable' USING ERRCODE = 'check_violation'; END IF;
IF NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'payment_intent' AND src = OLD.status AND dst = NEW.status) AND NOT NEW.imported = 1 THEN RAISE EXCEPTION 'illegal_transition' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER payment_intent_bu BEFORE UPDATE ON payment_intent FOR EACH ROW EXECUTE FUNCTION payment_intent_bu()
;
CREATE FUNCTION payment_intent_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'payment_intent rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER payment_intent_bd BEFORE DELETE ON payment_intent FOR EACH ROW EXECUTE FUNCTION payment_intent_bd()
;
CREATE TRIGGER payment_intent_bt BEFORE TRUNCATE ON payment_intent EXECUTE FUNCTION payment_intent_bd()
;
CREATE FUNCTION dispute_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF NEW.id IS DISTINCT FROM OLD.id OR NEW.seq IS DISTINCT FROM OLD.seq OR NEW.currency IS DISTINCT FROM OLD.currency OR NEW.imported IS DISTINCT FROM OLD.imported THEN RAISE EXCEPTION 'immutable' USING ERRCODE = 'check_violation'; END IF;
IF NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'dispute' AND src = OLD.status AND dst = NEW.status) AND NOT NEW.imported = 1 THEN RAISE EXCEPTION 'illegal_transition' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER dispute_bu BEFORE UPDATE ON dispute FOR EACH ROW EXECUTE FUNCTION dispute_bu()
;
CREATE FUNCTION dispute_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'dispute rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER dispute_bd BEFORE DELETE ON dispute FOR EACH ROW EXECUTE FUNCTION dispute_bd()
;
CREATE TRIGGER dispute_bt BEFORE TRUNCATE ON dispute EXECUTE FUNCTION dispute_bd()
;
CREATE FUNCTION review_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF NEW.imported = 0 AND OLD.closed IS NOT NULL AND NEW.closed IS DISTINCT FROM OLD.closed THEN RAISE EXCEPTION 'illegal_transition' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER review_bu BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION review_bu()
;
CREATE FUNCTION review_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'review rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER review_bd BEFORE DELETE ON review FOR EACH ROW EXECUTE FUNCTION review_bd()
;
CREATE TRIGGER review_bt BEFORE TRUNCATE ON review EXECUTE FUNCTION review_bd()
;
CREATE FUNCTION block_list_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'block_list rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER block_list_bd BEFORE DELETE ON block_list FOR EACH ROW EXECUTE FUNCTION block_list_bd()
;
CREATE TRIGGER block_list_bt BEFORE TRUNCATE ON block_list EXECUTE FUNCTION block_list_bd()
;
CREATE FUNCTION outbox_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'outbox rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER outbox_bd BEFORE DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION outbox_bd()
;
CREATE TRIGGER outbox_bt BEFORE TRUNCATE ON outbox EXECUTE FUNCTION outbox_bd()
;
CREATE FUNCTION topup_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF NEW.id IS DISTINCT FROM OLD.id OR NEW.seq IS DISTINCT FROM OLD.seq OR NEW.currency IS DISTINCT FROM OLD.currency OR NEW.amount IS DISTINCT FROM OLD.amount THEN RAISE EXCEPTION 'immutable' USING ERRCODE = 'check_violation'; END IF;
IF NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE kind = 'topup' AND src = OLD.status AND dst = NEW.status) AND NOT false THEN RAISE EXCEPTION 'illegal_transition' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER topup_bu BEFORE UPDATE ON topup FOR EACH ROW EXECUTE FUNCTION topup_bu()
;
CREATE FUNCTION topup_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'topup rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER topup_bd BEFORE DELETE ON topup FOR EACH ROW EXECUTE FUNCTION topup_bd()
;
CREATE TRIGGER topup_bt BEFORE TRUNCATE ON topup EXECUTE FUNCTION topup_bd()
;
CREATE FUNCTION transfer_reversal_bi() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
PERFORM 1 FROM charge WHERE id = NEW.charge FOR UPDATE;
IF EXISTS (SELECT 1 FROM transfer_reversal WHERE id = NEW.id OR seq = NEW.seq) THEN RAISE EXCEPTION 'exists' USING ERRCODE = 'check_violation'; END IF;
IF NOT EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND transfer_currency = NEW.currency AND NEW.amount + transfer_reversed + (SELECT coalesce(sum(amount), 0) FROM transfer_reversal WHERE charge = NEW.charge) <= transfer_amount) THEN RAISE EXCEPTION 'exceeds_shared' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER transfer_reversal_bi BEFORE INSERT ON transfer_reversal FOR EACH ROW EXECUTE FUNCTION transfer_reversal_bi()
;
CREATE FUNCTION transfer_reversal_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'transfer_reversal rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER transfer_reversal_bu BEFORE UPDATE ON transfer_reversal FOR EACH ROW EXECUTE FUNCTION transfer_reversal_bu()
;
CREATE FUNCTION transfer_reversal_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'transfer_reversal rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER transfer_reversal_bd BEFORE DELETE ON transfer_reversal FOR EACH ROW EXECUTE FUNCTION transfer_reversal_bd()
;
CREATE TRIGGER transfer_reversal_bt BEFORE TRUNCATE ON transfer_reversal EXECUTE FUNCTION transfer_reversal_bd()
;
CREATE FUNCTION fee_refund_bi() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
PERFORM 1 FROM charge WHERE id = NEW.charge FOR UPDATE;
IF EXISTS (SELECT 1 FROM fee_refund WHERE id = NEW.id OR seq = NEW.seq) THEN RAISE EXCEPTION 'exists' USING ERRCODE = 'check_violation'; END IF;
IF NOT EXISTS (SELECT 1 FROM charge WHERE id = NEW.charge AND application_fee_currency = NEW.currency AND NEW.amount + application_fee_refunded + (SELECT coalesce(sum(amount), 0) FROM fee_refund WHERE charge = NEW.charge) <= application_fee_amount) THEN RAISE EXCEPTION 'exceeds_shared' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER fee_refund_bi BEFORE INSERT ON fee_refund FOR EACH ROW EXECUTE FUNCTION fee_refund_bi()
;
CREATE FUNCTION fee_refund_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'fee_refund rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER fee_refund_bu BEFORE UPDATE ON fee_refund FOR EACH ROW EXECUTE FUNCTION fee_refund_bu()
;
CREATE FUNCTION fee_refund_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'fee_refund rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER fee_refund_bd BEFORE DELETE ON fee_refund FOR EACH ROW EXECUTE FUNCTION fee_refund_bd()
;
CREATE TRIGGER fee_refund_bt BEFORE TRUNCATE ON fee_refund EXECUTE FUNCTION fee_refund_bd()
;
CREATE FUNCTION posting_bi() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
PERFORM 1 FROM account WHERE id IN (NEW.debit, NEW.credit) ORDER BY id FOR UPDATE;
IF EXISTS (SELECT 1 FROM posting WHERE seq = NEW.seq) THEN RAISE EXCEPTION 'exists' USING ERRCODE = 'check_violation'; END IF;
IF (SELECT count(*) FROM account WHERE id IN (NEW.debit, NEW.credit) AND currency = NEW.currency) <> 2 THEN RAISE EXCEPTION 'currency_mismatch' USING ERRCODE = 'check_violation'; END IF;
IF NEW.code IN ('refund', 'refund_reversal') AND (SELECT credits - debits FROM account WHERE id = NEW.debit) < NEW.amount THEN RAISE EXCEPTION 'balance_insufficient' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER posting_bi BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION posting_bi()
;
CREATE FUNCTION posting_ai() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
UPDATE account SET debits = debits + NEW.amount WHERE id = NEW.debit;
UPDATE account SET credits = credits + NEW.amount WHERE id = NEW.credit;
RETURN NEW;
END $$
;
CREATE TRIGGER posting_ai AFTER INSERT ON posting FOR EACH ROW EXECUTE FUNCTION posting_ai()
;
CREATE FUNCTION posting_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'posting rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER posting_bu BEFORE UPDATE ON posting FOR EACH ROW EXECUTE FUNCTION posting_bu()
;
CREATE FUNCTION posting_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'posting rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER posting_bd BEFORE DELETE ON posting FOR EACH ROW EXECUTE FUNCTION posting_bd()
;
CREATE TRIGGER posting_bt BEFORE TRUNCATE ON posting EXECUTE FUNCTION posting_bd()
;
CREATE FUNCTION account_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'account rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER account_bd BEFORE DELETE ON account FOR EACH ROW EXECUTE FUNCTION account_bd()
;
CREATE TRIGGER account_bt BEFORE TRUNCATE ON account EXECUTE FUNCTION account_bd()
;
CREATE FUNCTION balance_transaction_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'balance_transaction rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER balance_transaction_bd BEFORE DELETE ON balance_transaction FOR EACH ROW EXECUTE FUNCTION balance_transaction_bd()
;
CREATE TRIGGER balance_transaction_bt BEFORE TRUNCATE ON balance_transaction EXECUTE FUNCTION balance_transaction_bd()
;
CREATE FUNCTION event_bi() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq OR id = NEW.id) THEN RAISE EXCEPTION 'exists' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER event_bi BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_bi()
;
CREATE FUNCTION event_bu() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'event rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
END $$
;
CREATE TRIGGER event_bu BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_bu()
;
CREATE FUNCTION event_bd() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
IF true THEN RAISE EXCEPTION 'event rows are kept as they are' USING ERRCODE = 'check_violation'; END IF;
RETURN OLD;
END $$
;
CREATE TRIGGER event_bd BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_bd()
;
CREATE TRIGGER event_bt BEFORE TRUNCATE ON event EXECUTE FUNCTION event_bd()
;
CREATE FUNCTION payment_ai() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
UPDATE badge_count SET number = number + 1 WHERE badge = NEW.badge;
RETURN NEW;
END $$
;
CREATE TRIGGER payment_ai AFTER INSERT ON payment FOR EACH ROW EXECUTE FUNCTION payment_ai()
;
CREATE FUNCTION payment_badge() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
UPDATE badge_count SET number = number - 1 WHERE badge = OLD.badge;
UPDATE badge_count SET number = number + 1 WHERE badge = NEW.badge;
RETURN NEW;
END $$
;
CREATE TRIGGER payment_badge AFTER UPDATE OF badge ON payment FOR EACH ROW WHEN (NEW.badge <> OLD.badge) EXECUTE FUNCTION payment_badge()
;
CREATE FUNCTION payment_ad() RETURNS trigger LANGUAGE plpgsql SET search_path TO {schema}, pg_temp AS $$
BEGIN
UPDATE badge_count SET number = number - 1 WHERE badge = OLD.badge;
RETURN OLD;
END $$
;
CREATE TRIGGER payment_ad AFTER DELETE ON payment FOR EACH ROW EXECUTE FUNCTION payment_ad()
;
